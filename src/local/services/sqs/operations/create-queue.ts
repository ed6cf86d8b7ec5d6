import {operationOf} from '../../../operation.ts';
import {map, required, string, structure} from '../../../shape.ts';
import {invalidParameter} from '../errors.ts';
import {queueUrl} from '../queue-url.ts';
import type {SqsStore} from '../store.ts';

export const createQueue = operationOf<SqsStore>()({
  name: 'CreateQueue',
  input: structure({QueueName: required(string), Attributes: map(string), tags: map(string)}),
  permissions: ({QueueName, tags}, _context, store) => [
    {action: 'sqs:CreateQueue', resource: store.arnOf(QueueName)},
    ...(tags === undefined ? [] : [{action: 'sqs:TagQueue', resource: store.arnOf(QueueName)}]),
  ],
  run({QueueName, Attributes = {}, tags = {}}, context, store) {
    if (!/^(?=.{1,80}$)[\w-]+(\.fifo)?$/.test(QueueName))
      throw invalidParameter('Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length');
    if (QueueName.endsWith('.fifo') && Attributes.FifoQueue !== 'true')
      throw invalidParameter(
        'The request does not include the FifoQueue attribute with the value true, which a name that ends in .fifo needs.',
      );
    store.createQueue(QueueName, Attributes, tags);
    return {QueueUrl: queueUrl(context, QueueName)};
  },
});
