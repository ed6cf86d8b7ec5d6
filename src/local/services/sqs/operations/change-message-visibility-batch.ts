import {operationOf} from '../../../operation.ts';
import {integer, list, required, string, structure} from '../../../shape.ts';
import {eachEntry} from '../batch.ts';
import {onQueue} from '../permissions.ts';
import type {SqsStore} from '../store.ts';
import {changeVisibility} from '../visibility.ts';

export const changeMessageVisibilityBatch = operationOf<SqsStore>()({
  name: 'ChangeMessageVisibilityBatch',
  input: structure({
    QueueUrl: required(string),
    Entries: required(
      list(structure({Id: required(string), ReceiptHandle: required(string), VisibilityTimeout: required(integer)})),
    ),
  }),
  permissions: (input, _context, store) => onQueue('ChangeMessageVisibility', input, store),
  run({QueueUrl, Entries}, _context, store) {
    const queue = store.queueOfUrl(QueueUrl);
    return eachEntry(Entries, ({ReceiptHandle, VisibilityTimeout}) => {
      changeVisibility(store, queue, ReceiptHandle, VisibilityTimeout);
      return {};
    });
  },
});
