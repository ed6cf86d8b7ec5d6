import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onStream} from '../arns.ts';
import type {LogsStore} from '../store.ts';

export const deleteLogStream = operationOf<LogsStore>()({
  name: 'DeleteLogStream',
  input: structure({logGroupName: required(string), logStreamName: required(string)}),
  permissions: (input, context) => [onStream('DeleteLogStream', input.logGroupName, input.logStreamName, context)],
  run({logGroupName, logStreamName}, _context, store) {
    store.deleteStream(store.stream(logGroupName, logStreamName));
    return {};
  },
});
