import {operationOf} from '../../../operation.ts';
import {list, required, string, structure} from '../../../shape.ts';
import {onQueue} from '../permissions.ts';
import type {SqsStore} from '../store.ts';

export const untagQueue = operationOf<SqsStore>()({
  name: 'UntagQueue',
  input: structure({QueueUrl: required(string), TagKeys: required(list(string))}),
  permissions: (input, _context, store) => onQueue('UntagQueue', input, store),
  run({QueueUrl, TagKeys}, _context, store) {
    const queue = store.queueOfUrl(QueueUrl);
    const kept = Object.entries(queue.record.tags).filter(([key]) => !TagKeys.includes(key));
    store.update(queue, {tags: Object.fromEntries(kept), modifiedAt: queue.record.modifiedAt});
  },
});
