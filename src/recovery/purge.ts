import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import type {QueueReference} from './find-queue.ts';

/** All messages of a queue: waiting, delayed and in flight. A purge deletes them all. */
export async function messagesIn(clients: AwsClients, queue: QueueReference): Promise<number> {
  const {Attributes = {}} = await (await clients.sqs()).getQueueAttributes({
    QueueUrl: queue.url,
    AttributeNames: [
      'ApproximateNumberOfMessages',
      'ApproximateNumberOfMessagesNotVisible',
      'ApproximateNumberOfMessagesDelayed',
    ],
  });
  return Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0);
}

export async function purgeQueue(clients: AwsClients, queue: QueueReference): Promise<void> {
  try {
    await (await clients.sqs()).purgeQueue({QueueUrl: queue.url});
  } catch (error) {
    throw describeAwsError(error, `purge ${queue.name}`);
  }
}
