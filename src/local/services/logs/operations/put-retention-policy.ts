import {operationOf} from '../../../operation.ts';
import {integer, required, string, structure} from '../../../shape.ts';
import {onGroup} from '../arns.ts';
import {checkRetention} from '../checks.ts';
import type {LogsStore} from '../store.ts';

export const putRetentionPolicy = operationOf<LogsStore>()({
  name: 'PutRetentionPolicy',
  input: structure({logGroupName: required(string), retentionInDays: required(integer)}),
  permissions: (input, context) => [onGroup('PutRetentionPolicy', input.logGroupName, context)],
  run({logGroupName, retentionInDays}, _context, store) {
    checkRetention(retentionInDays);
    store.groups.set(logGroupName, {...store.group(logGroupName), retentionInDays});
    return {};
  },
});
