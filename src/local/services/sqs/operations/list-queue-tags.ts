import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onQueue} from '../permissions.ts';
import type {SqsStore} from '../store.ts';

export const listQueueTags = operationOf<SqsStore>()({
  name: 'ListQueueTags',
  input: structure({QueueUrl: required(string)}),
  permissions: (input, _context, store) => onQueue('ListQueueTags', input, store),
  run({QueueUrl}, _context, store) {
    const {tags} = store.queueOfUrl(QueueUrl).record;
    return Object.keys(tags).length === 0 ? {} : {Tags: tags};
  },
});
