import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {required, string, structure} from '../../../shape.ts';
import {onAnything} from '../arns.ts';
import type {LogsStore} from '../store.ts';

export const stopQuery = operationOf<LogsStore>()({
  name: 'StopQuery',
  input: structure({queryId: required(string)}),
  permissions: () => [onAnything('StopQuery')],
  /** Every query has ended here when it is asked for. */
  run({queryId}, _context, store) {
    store.query(queryId);
    throw new ServiceError('InvalidParameterException', 'Cannot stop a query that is not running.');
  },
});
