import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onGroup} from '../arns.ts';
import type {LogsStore} from '../store.ts';

export const deleteRetentionPolicy = operationOf<LogsStore>()({
  name: 'DeleteRetentionPolicy',
  input: structure({logGroupName: required(string)}),
  permissions: (input, context) => [onGroup('DeleteRetentionPolicy', input.logGroupName, context)],
  run({logGroupName}, _context, store) {
    const {retentionInDays: _, ...group} = store.group(logGroupName);
    store.groups.set(logGroupName, group);
    return {};
  },
});
