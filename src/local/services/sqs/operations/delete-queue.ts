import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onQueue} from '../permissions.ts';
import type {SqsStore} from '../store.ts';

export const deleteQueue = operationOf<SqsStore>()({
  name: 'DeleteQueue',
  input: structure({QueueUrl: required(string)}),
  permissions: (input, _context, store) => onQueue('DeleteQueue', input, store),
  run({QueueUrl}, _context, store) {
    store.deleteQueue(store.queueOfUrl(QueueUrl));
  },
});
