import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {sendOnce} from '../deduplication.ts';
import {messageMembers, newMessage} from '../new-message.ts';
import {onQueue} from '../permissions.ts';
import type {SqsStore} from '../store.ts';

export const sendMessage = operationOf<SqsStore>()({
  name: 'SendMessage',
  input: structure({QueueUrl: required(string), ...messageMembers}),
  permissions: (input, _context, store) => onQueue('SendMessage', input, store),
  run({QueueUrl, ...message}, {caller, clock}, store) {
    const queue = store.queueOfUrl(QueueUrl);
    return sendOnce(store, queue, newMessage(queue, message, caller, clock.now()));
  },
});
