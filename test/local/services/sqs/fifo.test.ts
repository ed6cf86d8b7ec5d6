import {expect, test} from 'vitest';
import {bodies, openSqs} from './sqs-bench.ts';

const fifo = {FifoQueue: 'true', ContentBasedDeduplication: 'true'};

test('a receive takes the run of a group, in order', async () => {
  const sqs = openSqs();
  const orders = await sqs.queue('orders.fifo', fifo);
  for (const body of ['1', '2', '3']) await sqs.send(orders, body, {MessageGroupId: 'anna'});
  await sqs.send(orders, 'b1', {MessageGroupId: 'bert'});
  expect(bodies(await sqs.receive(orders, {MaxNumberOfMessages: 2}))).toEqual(['1', '2']);
  expect(bodies(await sqs.receive(orders))).toEqual(['b1']);
});

test('a group waits while one of its messages is in flight, and keeps its order when one comes back', async () => {
  const sqs = openSqs();
  const orders = await sqs.queue('orders.fifo', fifo);
  for (const body of ['1', '2', '3']) await sqs.send(orders, body, {MessageGroupId: 'anna'});
  const [first, second] = await sqs.receive(orders, {MaxNumberOfMessages: 2});
  await sqs.call('DeleteMessage', {QueueUrl: orders, ReceiptHandle: first!.ReceiptHandle});
  expect(await sqs.receive(orders)).toEqual([]);
  const waiting = sqs.receive(orders, {WaitTimeSeconds: 5});
  await sqs.call('ChangeMessageVisibility', {
    QueueUrl: orders,
    ReceiptHandle: second!.ReceiptHandle,
    VisibilityTimeout: 0,
  });
  expect(bodies(await waiting)).toEqual(['2', '3']);
});

test('a deleted message lets a waiting receive have the next of its group', async () => {
  const sqs = openSqs();
  const orders = await sqs.queue('orders.fifo', fifo);
  for (const body of ['1', '2']) await sqs.send(orders, body, {MessageGroupId: 'anna'});
  const [first] = await sqs.receive(orders, {MaxNumberOfMessages: 1});
  const waiting = sqs.receive(orders, {WaitTimeSeconds: 20});
  await sqs.call('DeleteMessage', {QueueUrl: orders, ReceiptHandle: first!.ReceiptHandle});
  expect(bodies(await waiting)).toEqual(['2']);
});

test('a repeated deduplication id is answered with the first message for five minutes', async () => {
  const sqs = openSqs();
  const orders = await sqs.queue('orders.fifo', fifo);
  const first = await sqs.send(orders, 'same', {MessageGroupId: 'anna'});
  const repeated = await sqs.send(orders, 'same', {MessageGroupId: 'bert'});
  expect(repeated).toMatchObject({MessageId: first.MessageId, SequenceNumber: first.SequenceNumber});
  sqs.restart();
  await sqs.send(orders, 'same', {MessageGroupId: 'anna'});
  expect(await sqs.receive(orders)).toHaveLength(1);
  await sqs.clock.advance(300_000);
  const later = await sqs.send(orders, 'same', {MessageGroupId: 'anna'});
  expect(later.MessageId).not.toBe(first.MessageId);
  expect(BigInt(later.SequenceNumber!)).toBeGreaterThan(BigInt(first.SequenceNumber!));
});

test('with the scope messageGroup the same id in two groups is two messages', async () => {
  const sqs = openSqs();
  const orders = await sqs.queue('orders.fifo', {...fifo, DeduplicationScope: 'messageGroup'});
  await sqs.send(orders, 'same', {MessageGroupId: 'anna'});
  await sqs.send(orders, 'same', {MessageGroupId: 'bert'});
  expect(await sqs.receive(orders)).toHaveLength(2);
});

test('a repeated receive attempt gets the same messages and handles', async () => {
  const sqs = openSqs();
  const orders = await sqs.queue('orders.fifo', fifo);
  await sqs.send(orders, '1', {MessageGroupId: 'anna'});
  const attempt = {ReceiveRequestAttemptId: 'attempt-1'};
  const first = await sqs.receive(orders, attempt);
  expect(await sqs.receive(orders, attempt)).toEqual(first);
  await sqs.call('DeleteMessage', {QueueUrl: orders, ReceiptHandle: first[0]!.ReceiptHandle});
  expect(await sqs.receive(orders, attempt)).toEqual([]);
});

test('an expired receipt handle deletes nothing and says so', async () => {
  const sqs = openSqs();
  const orders = await sqs.queue('orders.fifo', fifo);
  await sqs.send(orders, '1', {MessageGroupId: 'anna'});
  const [message] = await sqs.receive(orders);
  await sqs.clock.advance(30_000);
  await expect(sqs.call('DeleteMessage', {QueueUrl: orders, ReceiptHandle: message!.ReceiptHandle})).rejects.toThrow(
    'The receipt handle has expired',
  );
});

test.each([
  ['without a group', {}, 'The request must contain the parameter MessageGroupId.'],
  ['with a delay of its own', {MessageGroupId: 'a', DelaySeconds: 5}, 'not valid for this queue type'],
])('a message %s is refused', async (_what, more, sentence) => {
  const sqs = openSqs();
  const orders = await sqs.queue('orders.fifo', fifo);
  await expect(sqs.send(orders, 'x', more)).rejects.toThrow(sentence);
});
