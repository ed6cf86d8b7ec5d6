import {byteSize} from '../../../model/byte-size.ts';
import {isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';

export default defineRule({
  id: 'hygiene/orphaned-log-group',
  subject: 'inventory',
  severity: 'info',
  title: 'The log group of a function that is gone',
  why: 'Lambda makes log groups and never deletes one: what it holds is paid for every month, and found by everybody who looks for something else.',
  remedy:
    'Delete it, or give it a retention while its lines are still needed. Declare the log groups of functions in their templates, so that they go together.',
  since: '0.1.0',
  examples: {
    bad: 'IngestFunction: {Type: AWS::Lambda::Function}   # Lambda makes /aws/lambda/...; deleting the stack leaves it',
    good: 'IngestLogs:\n  Type: AWS::Logs::LogGroup\n  DeletionPolicy: Delete\n  Properties: {RetentionInDays: 30}',
  },
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html',
  *check({source, functions, logGroups}) {
    // A template has no functions that are gone.
    if (source.kind !== 'account') return;
    const used = new Set(functions.flatMap(({name, logGroup}) => [`/aws/lambda/${name}`, logGroup]));
    for (const {name, logGroupName, storedBytes = 0, retention, origin} of logGroups) {
      if (isUnresolved(logGroupName) || !ofFunction.test(logGroupName) || used.has(logGroupName)) continue;
      const kept = retention === undefined ? 'for ever' : 'until its lines expire';
      yield {
        message: `no function logs to ${logGroupName}, which keeps ${byteSize(storedBytes)} ${kept}`,
        resource: name,
        origin,
        evidence: {logGroup: logGroupName},
      };
    }
  },
});

/** Not those of Lambda@Edge, whose functions are in another region: `/aws/lambda/us-east-1.orders`. */
const ofFunction = /^\/aws\/lambda\/(?![a-z]{2}(?:-[a-z]+)+-\d\.)/;
