import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {list, required, string, structure} from '../../../shape.ts';
import {isQueueAttribute, shownAttributes} from '../attributes.ts';
import {onQueue} from '../permissions.ts';
import type {Queue} from '../queue.ts';
import type {SqsStore} from '../store.ts';

export const getQueueAttributes = operationOf<SqsStore>()({
  name: 'GetQueueAttributes',
  input: structure({QueueUrl: required(string), AttributeNames: list(string)}),
  permissions: (input, _context, store) => onQueue('GetQueueAttributes', input, store),
  run({QueueUrl, AttributeNames = []}, _context, store) {
    const queue = store.queueOfUrl(QueueUrl);
    const unknown = AttributeNames.find(name => !isQueueAttribute(name));
    if (unknown !== undefined) throw new ServiceError('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
    if (AttributeNames.length === 0) return {};
    const all = allAttributes(queue, store);
    if (AttributeNames.includes('All')) return {Attributes: all};
    const asked = Object.entries(all).filter(([name]) => AttributeNames.includes(name));
    return asked.length === 0 ? {} : {Attributes: Object.fromEntries(asked)};
  },
});

function allAttributes(queue: Queue, store: SqsStore): Record<string, string> {
  const {visible, inFlight, delayed} = queue.counts(store.clock.now());
  return {
    QueueArn: store.arnOf(queue.name),
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    CreatedTimestamp: String(Math.floor(queue.record.createdAt / 1000)),
    LastModifiedTimestamp: String(Math.floor(queue.record.modifiedAt / 1000)),
    ...shownAttributes(queue.name, queue.record.attributes),
  };
}
