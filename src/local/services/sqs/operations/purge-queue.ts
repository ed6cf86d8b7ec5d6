import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {required, string, structure} from '../../../shape.ts';
import {onQueue} from '../permissions.ts';
import type {SqsStore} from '../store.ts';

export const purgeQueue = operationOf<SqsStore>()({
  name: 'PurgeQueue',
  input: structure({QueueUrl: required(string)}),
  permissions: (input, _context, store) => onQueue('PurgeQueue', input, store),
  run({QueueUrl}, {clock}, store) {
    const queue = store.queueOfUrl(QueueUrl);
    const {purgedAt, modifiedAt} = queue.record;
    if (purgedAt !== undefined && clock.now() - purgedAt < 60_000)
      throw new ServiceError(
        'PurgeQueueInProgress',
        `Only one PurgeQueue operation on ${queue.name} is allowed every 60 seconds.`,
        {status: 403},
      );
    store.state.transaction(() => {
      queue.clear();
      store.update(queue, {purgedAt: clock.now(), modifiedAt});
    });
  },
});
