import {operationOf} from '../../../operation.ts';
import {list, required, string, structure} from '../../../shape.ts';
import {eachEntry} from '../batch.ts';
import {onQueue} from '../permissions.ts';
import type {SqsStore} from '../store.ts';
import {deleteMessage} from '../visibility.ts';

export const deleteMessageBatch = operationOf<SqsStore>()({
  name: 'DeleteMessageBatch',
  input: structure({
    QueueUrl: required(string),
    Entries: required(list(structure({Id: required(string), ReceiptHandle: required(string)}))),
  }),
  permissions: (input, _context, store) => onQueue('DeleteMessage', input, store),
  run({QueueUrl, Entries}, _context, store) {
    const queue = store.queueOfUrl(QueueUrl);
    return store.state.transaction(() =>
      eachEntry(Entries, ({ReceiptHandle}) => {
        deleteMessage(store, queue, ReceiptHandle);
        return {};
      }),
    );
  },
});
