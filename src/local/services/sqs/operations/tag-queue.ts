import {operationOf} from '../../../operation.ts';
import {map, required, string, structure} from '../../../shape.ts';
import {invalidParameter} from '../errors.ts';
import {onQueue} from '../permissions.ts';
import type {SqsStore} from '../store.ts';

export const tagQueue = operationOf<SqsStore>()({
  name: 'TagQueue',
  input: structure({QueueUrl: required(string), Tags: required(map(string))}),
  permissions: (input, _context, store) => onQueue('TagQueue', input, store),
  run({QueueUrl, Tags}, _context, store) {
    const queue = store.queueOfUrl(QueueUrl);
    const tags = {...queue.record.tags, ...Tags};
    if (Object.keys(tags).length > 50) throw invalidParameter('Too many tags added for queue: the most is 50.');
    store.update(queue, {tags, modifiedAt: queue.record.modifiedAt});
  },
});
