import {expect, test} from 'vitest';
import {arn, bodies, openSqs} from './sqs-bench.ts';

const redrive = (target: string, maxReceiveCount = 2) => ({
  VisibilityTimeout: '10',
  RedrivePolicy: JSON.stringify({deadLetterTargetArn: arn(target), maxReceiveCount}),
});

async function openRedriven() {
  const sqs = openSqs();
  const dead = await sqs.queue('orders-dead');
  const orders = await sqs.queue('orders', redrive('orders-dead'));
  return {sqs, dead, orders};
}

/** Receives until SQS has moved the message away. */
async function exhaust(sqs: ReturnType<typeof openSqs>, url: string) {
  while ((await sqs.receive(url)).length > 0) await sqs.clock.advance(10_000);
}

test('a message received too often goes to the dead-letter queue with its id, its time and its source', async () => {
  const {sqs, dead, orders} = await openRedriven();
  const {MessageId} = await sqs.send(orders, 'poison');
  const sentAt = sqs.clock.now();
  await exhaust(sqs, orders);
  expect(sqs.clock.now() - sentAt).toBe(20_000);
  const [message] = await sqs.receive(dead);
  expect(message).toMatchObject({
    MessageId,
    Body: 'poison',
    Attributes: {
      SentTimestamp: String(sentAt),
      ApproximateReceiveCount: '3',
      DeadLetterQueueSourceArn: arn('orders'),
    },
  });
  expect(await sqs.attributes(orders)).toMatchObject({ApproximateNumberOfMessages: '0'});
});

test('a dead-letter queue redrives by its own count', async () => {
  const sqs = openSqs();
  const parked = await sqs.queue('parked');
  await sqs.queue('dead', redrive('parked', 1));
  const orders = await sqs.queue('orders', redrive('dead', 3));
  await sqs.send(orders, 'poison');
  await exhaust(sqs, orders);
  expect(await sqs.receive(parked)).toEqual([]);
  await exhaust(sqs, sqs.bench.context().endpoint.concat('/000000000000/dead'));
  expect(bodies(await sqs.receive(parked))).toEqual(['poison']);
});

test('a dead letter survives the death of the process', async () => {
  const {sqs, dead, orders} = await openRedriven();
  await sqs.send(orders, 'poison');
  await exhaust(sqs, orders);
  sqs.restart();
  expect(bodies(await sqs.receive(dead))).toEqual(['poison']);
});

test('a waiting receive on the dead-letter queue is woken by the redrive', async () => {
  const sqs = openSqs();
  const dead = await sqs.queue('dead');
  const orders = await sqs.queue('orders', redrive('dead', 1));
  await sqs.send(orders, 'poison');
  const waiting = sqs.receive(dead, {WaitTimeSeconds: 20});
  await sqs.receive(orders);
  await sqs.clock.advance(10_000);
  expect(await sqs.receive(orders)).toEqual([]);
  expect(bodies(await waiting)).toEqual(['poison']);
});

test('a message stays in its queue while the dead-letter queue is gone', async () => {
  const {sqs, dead, orders} = await openRedriven();
  await sqs.send(orders, 'poison');
  await sqs.call('DeleteQueue', {QueueUrl: dead});
  for (let times = 0; times < 4; times++) {
    expect(await sqs.receive(orders)).toHaveLength(1);
    await sqs.clock.advance(10_000);
  }
});

test.each([
  ['denyAll', {redrivePermission: 'denyAll'}],
  ['byQueue for another queue', {redrivePermission: 'byQueue', sourceQueueArns: [arn('receipts')]}],
])('a redrive allow policy of %s refuses the source', async (_name, policy) => {
  const sqs = openSqs();
  await sqs.queue('dead', {RedriveAllowPolicy: JSON.stringify(policy)});
  await expect(sqs.queue('orders', redrive('dead'))).rejects.toThrow('RedriveAllowPolicy');
});

test('byQueue allows the sources it names', async () => {
  const sqs = openSqs();
  const policy = {redrivePermission: 'byQueue', sourceQueueArns: [arn('orders')]};
  const dead = await sqs.queue('dead', {RedriveAllowPolicy: JSON.stringify(policy)});
  const orders = await sqs.queue('orders', redrive('dead'));
  expect(await sqs.call('ListDeadLetterSourceQueues', {QueueUrl: dead})).toEqual({
    queueUrls: [orders],
    NextToken: undefined,
  });
});

test('a move task takes messages back to their sources as new messages', async () => {
  const {sqs, dead, orders} = await openRedriven();
  const {MessageId} = await sqs.send(orders, 'poison');
  await exhaust(sqs, orders);
  await sqs.call('StartMessageMoveTask', {SourceArn: arn('orders-dead')});
  await sqs.clock.advance(0);
  const [message] = await sqs.receive(orders);
  expect(message).toMatchObject({Body: 'poison', Attributes: {ApproximateReceiveCount: '1'}});
  expect(message!.MessageId).not.toBe(MessageId);
  expect(message!.Attributes).not.toHaveProperty('DeadLetterQueueSourceArn');
  expect(await sqs.receive(dead)).toEqual([]);
  expect(await sqs.call('ListMessageMoveTasks', {SourceArn: arn('orders-dead')})).toMatchObject({
    Results: [{Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 1, ApproximateNumberOfMessagesToMove: 1}],
  });
});

test('a move task keeps to its rate, goes on after a restart, and can be cancelled', async () => {
  const {sqs, dead} = await openRedriven();
  const custom = await sqs.queue('custom');
  for (let index = 0; index < 5; index++) await sqs.send(dead, `letter ${index}`);
  const start = {SourceArn: arn('orders-dead'), DestinationArn: arn('custom'), MaxNumberOfMessagesPerSecond: 2};
  const {TaskHandle} = await sqs.call<{TaskHandle: string}>('StartMessageMoveTask', start);
  await expect(sqs.call('StartMessageMoveTask', start)).rejects.toThrow('There is already a task running');
  await sqs.clock.advance(0);
  expect(await sqs.attributes(custom)).toMatchObject({ApproximateNumberOfMessages: '2'});
  sqs.restart();
  await sqs.clock.advance(0);
  expect(await sqs.attributes(custom)).toMatchObject({ApproximateNumberOfMessages: '4'});
  expect(await sqs.call('CancelMessageMoveTask', {TaskHandle})).toEqual({ApproximateNumberOfMessagesMoved: 4});
  await sqs.clock.advance(5000);
  expect(await sqs.attributes(custom)).toMatchObject({ApproximateNumberOfMessages: '4'});
});

test('a message of unknown source fails a move task without destination', async () => {
  const {sqs, dead} = await openRedriven();
  await sqs.send(dead, 'letter');
  await sqs.call('StartMessageMoveTask', {SourceArn: arn('orders-dead')});
  await sqs.clock.advance(0);
  expect(await sqs.call('ListMessageMoveTasks', {SourceArn: arn('orders-dead')})).toMatchObject({
    Results: [{Status: 'FAILED', FailureReason: 'CouldNotDetermineMessageSource'}],
  });
});
