import {valueAt} from '../../../cloudformation/value-at.ts';
import type {Fixer} from '../fix.ts';
import {pathsOfFinding} from '../statement-of.ts';

/** By rule: what the framework makes is changed by the setting that it is made of. */
export const settingFixers: Readonly<Record<string, Fixer>> = {
  'observability/logs-kept-forever': (_, {template}) => {
    const set = ['provider', 'logRetentionInDays'];
    if (valueAt(template.body, set) !== undefined) return {cannot: 'its provider has a logRetentionInDays already'};
    return {
      what: 'The log groups of all functions keep their logs for 365 days; what is older goes',
      edits: [{set, value: 365}],
    };
  },
  'resilience/no-partial-batch-response': (finding, {template}) => {
    const event = pathsOfFinding(finding, template).findLast(path => path.at(-3) === 'events');
    if (event === undefined) return {cannot: 'its event is not written in this file'};
    const settings = valueAt(template.body, event);
    if (typeof settings !== 'object' || settings === null)
      return {cannot: `its event is an ARN alone: write it as ${event.at(-1)}: {arn: ...} first`};
    const set = [...event, 'functionResponseType'];
    if (valueAt(template.body, set) !== undefined) return {cannot: 'its event has a functionResponseType already'};
    return {
      what: `${finding.resource} brings back only the records that failed`,
      assumes:
        'The handler answers with batchItemFailures; one that returns something else has its whole batch taken for done.',
      edits: [{set, value: 'ReportBatchItemFailures'}],
    };
  },
};
