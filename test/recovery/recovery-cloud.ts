import type {SQS} from '@aws-sdk/client-sqs';
import {type AwsClients, awsClients} from '../../src/aws/clients.ts';
import {type LocalCloud, startLocalCloud} from '../../src/local/cloud.ts';
import {findQueue, type QueueReference} from '../../src/recovery/find-queue.ts';

/** An embedded AWS and the developer's clients. */
export async function openRecoveryCloud(): Promise<{cloud: LocalCloud; clients: AwsClients; sqs: SQS}> {
  const cloud = await startLocalCloud();
  const {endpoint, region, credentials} = cloud;
  const clients = awsClients({endpoint, region, credentials});
  return {cloud, clients, sqs: await clients.sqs()};
}

export interface QueuePair {
  readonly source: QueueReference;
  readonly dead: QueueReference;
}

/** `NAME` and `NAME-dlq`, into which a message goes that is received a second time. */
export async function queuePair(clients: AwsClients, name: string, fifo = false): Promise<QueuePair> {
  const sqs = await clients.sqs();
  const suffix = fifo ? '.fifo' : '';
  const Attributes = fifo ? {FifoQueue: 'true'} : {};
  await sqs.createQueue({QueueName: `${name}-dlq${suffix}`, Attributes});
  const dead = await findQueue(clients, `${name}-dlq${suffix}`);
  const RedrivePolicy = JSON.stringify({deadLetterTargetArn: dead.arn, maxReceiveCount: 1});
  await sqs.createQueue({QueueName: `${name}${suffix}`, Attributes: {...Attributes, RedrivePolicy}});
  return {source: await findQueue(clients, `${name}${suffix}`), dead};
}

/** Messages sent to the source and moved by SQS. */
export async function fail(sqs: SQS, {source}: QueuePair, bodies: readonly string[]): Promise<void> {
  for (const MessageBody of bodies)
    await sqs.sendMessage({
      QueueUrl: source.url,
      MessageBody,
      ...(source.fifo && {MessageGroupId: 'orders', MessageDeduplicationId: MessageBody}),
    });
  // The first receive shows them, the next finds them received too often and moves them.
  while ((await depths(sqs, source)).some(count => count > 0))
    await sqs.receiveMessage({QueueUrl: source.url, MaxNumberOfMessages: 10, VisibilityTimeout: 0});
}

/** What stands in a queue, without moving on what stands there. */
export async function depths(
  sqs: SQS,
  {url}: Pick<QueueReference, 'url'>,
): Promise<readonly [waiting: number, inFlight: number]> {
  const {Attributes = {}} = await sqs.getQueueAttributes({QueueUrl: url, AttributeNames: ['All']});
  return [Number(Attributes.ApproximateNumberOfMessages), Number(Attributes.ApproximateNumberOfMessagesNotVisible)];
}

/** Takes all messages there are to have. */
export async function bodiesOf(sqs: SQS, {url}: QueueReference): Promise<string[]> {
  const bodies: string[] = [];
  for (;;) {
    const {Messages = []} = await sqs.receiveMessage({QueueUrl: url, MaxNumberOfMessages: 10});
    if (Messages.length === 0) return bodies;
    bodies.push(...Messages.map(({Body}) => Body!));
  }
}
