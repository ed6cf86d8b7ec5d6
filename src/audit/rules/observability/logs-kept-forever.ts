import {isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';

export default defineRule({
  id: 'observability/logs-kept-forever',
  subject: 'function',
  severity: 'low',
  title: 'The logs of a function are kept for ever',
  why: 'A log group without retention costs more every month, and keeps what should have been forgotten.',
  remedy: 'Declare the log group with RetentionInDays, and name it in the function’s LoggingConfig.',
  since: '0.1.0',
  examples: {
    bad: 'IngestLogs: {Type: AWS::Logs::LogGroup}',
    good: 'IngestLogs:\n  Type: AWS::Logs::LogGroup\n  Properties: {RetentionInDays: 30}',
  },
  reference: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html',
  *check({name, logGroup}, {inventory}) {
    if (isUnresolved(logGroup)) {
      yield {unknown: `its log group is not known: ${logGroup.reason}`};
      return;
    }
    const group = inventory.logGroups.find(({logGroupName}) => logGroupName === logGroup);
    if (group !== undefined && group.retention === undefined)
      yield {
        message: `${group.name}, the log group of ${name}, has no retention`,
        resource: group.name,
        origin: group.origin,
        evidence: {logGroup},
        remedy: `Set RetentionInDays of ${group.name}, to 30 for example.`,
      };
    // In an account a group that is not there has no logs; in a template Lambda will make one that never expires.
    else if (group === undefined && inventory.source.kind === 'template')
      yield {
        message: `the template has no log group for ${name}; Lambda makes one that keeps everything`,
        severity: 'info',
        evidence: {logGroup},
      };
  },
});
