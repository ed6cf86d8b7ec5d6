import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onQueue} from '../permissions.ts';
import type {SqsStore} from '../store.ts';
import {deleteMessage as deleteByHandle} from '../visibility.ts';

export const deleteMessage = operationOf<SqsStore>()({
  name: 'DeleteMessage',
  input: structure({QueueUrl: required(string), ReceiptHandle: required(string)}),
  permissions: (input, _context, store) => onQueue('DeleteMessage', input, store),
  run({QueueUrl, ReceiptHandle}, _context, store) {
    deleteByHandle(store, store.queueOfUrl(QueueUrl), ReceiptHandle);
  },
});
