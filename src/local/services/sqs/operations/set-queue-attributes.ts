import {operationOf} from '../../../operation.ts';
import {map, required, string, structure} from '../../../shape.ts';
import {onQueue} from '../permissions.ts';
import type {SqsStore} from '../store.ts';

export const setQueueAttributes = operationOf<SqsStore>()({
  name: 'SetQueueAttributes',
  input: structure({QueueUrl: required(string), Attributes: required(map(string))}),
  permissions: (input, _context, store) => onQueue('SetQueueAttributes', input, store),
  run({QueueUrl, Attributes}, _context, store) {
    store.setAttributes(store.queueOfUrl(QueueUrl), Attributes);
  },
});
