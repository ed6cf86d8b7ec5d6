import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {list, required, string, structure} from '../../../shape.ts';
import {eachEntry} from '../batch.ts';
import {sendOnce} from '../deduplication.ts';
import {messageMembers, newMessage, sizeOf} from '../new-message.ts';
import {onQueue} from '../permissions.ts';
import type {SqsStore} from '../store.ts';

export const sendMessageBatch = operationOf<SqsStore>()({
  name: 'SendMessageBatch',
  input: structure({
    QueueUrl: required(string),
    Entries: required(list(structure({Id: required(string), ...messageMembers}))),
  }),
  permissions: (input, _context, store) => onQueue('SendMessage', input, store),
  run({QueueUrl, Entries}, {caller, clock}, store) {
    const queue = store.queueOfUrl(QueueUrl);
    const size = Entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
    if (size > 1_048_576)
      throw new ServiceError(
        'BatchRequestTooLong',
        `Batch requests cannot be longer than 1048576 bytes. You have sent ${size} bytes.`,
      );
    return store.state.transaction(() =>
      eachEntry(Entries, ({Id, ...message}) => sendOnce(store, queue, newMessage(queue, message, caller, clock.now()))),
    );
  },
});
