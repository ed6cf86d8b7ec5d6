import {operationOf} from '../../../operation.ts';
import {integer, required, string, structure} from '../../../shape.ts';
import {onQueue} from '../permissions.ts';
import type {SqsStore} from '../store.ts';
import {changeVisibility} from '../visibility.ts';

export const changeMessageVisibility = operationOf<SqsStore>()({
  name: 'ChangeMessageVisibility',
  input: structure({
    QueueUrl: required(string),
    ReceiptHandle: required(string),
    VisibilityTimeout: required(integer),
  }),
  permissions: (input, _context, store) => onQueue('ChangeMessageVisibility', input, store),
  run({QueueUrl, ReceiptHandle, VisibilityTimeout}, _context, store) {
    changeVisibility(store, store.queueOfUrl(QueueUrl), ReceiptHandle, VisibilityTimeout);
  },
});
