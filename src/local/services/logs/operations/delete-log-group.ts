import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {required, string, structure} from '../../../shape.ts';
import {onGroup} from '../arns.ts';
import type {LogsStore} from '../store.ts';

export const deleteLogGroup = operationOf<LogsStore>()({
  name: 'DeleteLogGroup',
  input: structure({logGroupName: required(string)}),
  permissions: (input, context) => [onGroup('DeleteLogGroup', input.logGroupName, context)],
  run({logGroupName}, _context, store) {
    if (store.group(logGroupName).deletionProtectionEnabled)
      throw new ServiceError(
        'ValidationException',
        `Log group ${logGroupName} cannot be deleted because deletion protection is enabled`,
      );
    store.deleteGroup(logGroupName);
    return {};
  },
});
