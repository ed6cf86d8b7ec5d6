import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onStream} from '../arns.ts';
import {checkStreamName} from '../checks.ts';
import type {LogsStore} from '../store.ts';

export const createLogStream = operationOf<LogsStore>()({
  name: 'CreateLogStream',
  input: structure({logGroupName: required(string), logStreamName: required(string)}),
  permissions: (input, context) => [onStream('CreateLogStream', input.logGroupName, input.logStreamName, context)],
  run({logGroupName, logStreamName}, _context, store) {
    checkStreamName(logStreamName);
    store.createStream(logGroupName, logStreamName);
    return {};
  },
});
