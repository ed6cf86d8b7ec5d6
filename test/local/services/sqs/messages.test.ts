import {expect, test} from 'vitest';
import {bodies, openSqs} from './sqs-bench.ts';

type Sqs = ReturnType<typeof openSqs>;

test('a message is received once until its visibility timeout is over', async () => {
  const sqs = openSqs();
  const orders = await sqs.queue('orders');
  await sqs.send(orders, 'order 1');
  const [first] = await sqs.receive(orders);
  expect(first).toMatchObject({Body: 'order 1', Attributes: {ApproximateReceiveCount: '1'}});
  expect(await sqs.receive(orders)).toEqual([]);
  await sqs.clock.advance(30_000);
  const [second] = await sqs.receive(orders);
  expect(second).toMatchObject({MessageId: first!.MessageId, Attributes: {ApproximateReceiveCount: '2'}});
  expect(second!.ReceiptHandle).not.toBe(first!.ReceiptHandle);
});

test('only the newest receipt handle deletes', async () => {
  const sqs = openSqs();
  const orders = await sqs.queue('orders', {VisibilityTimeout: '5'});
  await sqs.send(orders, 'order 1');
  const [old] = await sqs.receive(orders);
  await sqs.clock.advance(5000);
  const [newest] = await sqs.receive(orders);
  await sqs.call('DeleteMessage', {QueueUrl: orders, ReceiptHandle: old!.ReceiptHandle});
  expect(await sqs.attributes(orders)).toMatchObject({ApproximateNumberOfMessagesNotVisible: '1'});
  await sqs.call('DeleteMessage', {QueueUrl: orders, ReceiptHandle: newest!.ReceiptHandle});
  await sqs.call('DeleteMessage', {QueueUrl: orders, ReceiptHandle: newest!.ReceiptHandle});
  expect(await sqs.attributes(orders)).toMatchObject({
    ApproximateNumberOfMessages: '0',
    ApproximateNumberOfMessagesNotVisible: '0',
  });
});

test.each([
  [
    'a message that is sent with a delay while it waits',
    async (sqs: Sqs, orders: string) => {
      await sqs.send(orders, 'order 1', {DelaySeconds: 3});
    },
  ],
  [
    'a visibility timeout that is shortened while it waits',
    async (sqs: Sqs, orders: string, taken: string) => {
      await sqs.call('ChangeMessageVisibility', {QueueUrl: orders, ReceiptHandle: taken, VisibilityTimeout: 3});
    },
  ],
])('a receive that waits hears of %s', async (_, happen) => {
  const sqs = openSqs();
  const orders = await sqs.queue('orders', {VisibilityTimeout: '600'});
  await sqs.send(orders, 'order 0');
  const [taken] = await sqs.receive(orders);
  const waiting = sqs.receive(orders, {WaitTimeSeconds: 20});
  await happen(sqs, orders, taken!.ReceiptHandle!);
  await sqs.clock.advance(3000);
  expect(await waiting).toHaveLength(1);
});

test('a receive that waits hears of a message that another one took for a short time', async () => {
  const sqs = openSqs();
  const orders = await sqs.queue('orders');
  const both = [1, 2].map(() => sqs.receive(orders, {WaitTimeSeconds: 20, VisibilityTimeout: 3}));
  await sqs.send(orders, 'order 1');
  expect(await Promise.race(both)).toHaveLength(1);
  await sqs.clock.advance(3000);
  expect((await Promise.all(both)).flat()).toHaveLength(2);
});

test('a receive that waits is woken by the message, and by the end of its delay', async () => {
  const sqs = openSqs();
  const orders = await sqs.queue('orders');
  const waiting = sqs.receive(orders, {WaitTimeSeconds: 20});
  await sqs.send(orders, 'order 1');
  expect(bodies(await waiting)).toEqual(['order 1']);
  await sqs.send(orders, 'order 2', {DelaySeconds: 10});
  const delayed = sqs.receive(orders, {WaitTimeSeconds: 20});
  expect(await sqs.attributes(orders)).toMatchObject({ApproximateNumberOfMessagesDelayed: '1'});
  await sqs.clock.advance(10_000);
  expect(bodies(await delayed)).toEqual(['order 2']);
  const empty = sqs.receive(orders, {WaitTimeSeconds: 2, VisibilityTimeout: 1});
  await sqs.clock.advance(2000);
  expect(await empty).toEqual([]);
});

test('one message wakes several waiting receives and goes to one of them', async () => {
  const sqs = openSqs();
  const orders = await sqs.queue('orders');
  const waiting = [1, 2, 3].map(() => sqs.receive(orders, {WaitTimeSeconds: 1}));
  await sqs.send(orders, 'order 1');
  await sqs.clock.advance(1000);
  expect((await Promise.all(waiting)).flat()).toHaveLength(1);
});

test('a message can be shown at once or hidden for longer, up to twelve hours from its receive', async () => {
  const sqs = openSqs();
  const orders = await sqs.queue('orders');
  await sqs.send(orders, 'order 1');
  const change = (ReceiptHandle: string, VisibilityTimeout: number) =>
    sqs.call('ChangeMessageVisibility', {QueueUrl: orders, ReceiptHandle, VisibilityTimeout});
  const [first] = await sqs.receive(orders);
  await change(first!.ReceiptHandle, 0);
  await expect(change(first!.ReceiptHandle, 5)).rejects.toMatchObject({code: 'MessageNotInflight'});
  const [second] = await sqs.receive(orders);
  await change(second!.ReceiptHandle, 100);
  await sqs.clock.advance(99_000);
  expect(await sqs.receive(orders)).toEqual([]);
  await expect(change(second!.ReceiptHandle, 43_200)).rejects.toThrow('beyond the limit [43200 seconds]');
  await sqs.clock.advance(1000);
  expect(await sqs.receive(orders)).toHaveLength(1);
});

test('messages expire with the retention period, counted from when they were sent', async () => {
  const sqs = openSqs();
  const orders = await sqs.queue('orders', {MessageRetentionPeriod: '60'});
  await sqs.send(orders, 'order 1');
  await sqs.clock.advance(30_000);
  await sqs.send(orders, 'order 2');
  await sqs.clock.advance(30_000);
  expect(bodies(await sqs.receive(orders))).toEqual(['order 2']);
});

test('messages, and that one is out of sight, survive the death of the process', async () => {
  const sqs = openSqs();
  const orders = await sqs.queue('orders');
  await sqs.send(orders, 'order 1', {MessageAttributes: {kind: {DataType: 'String', StringValue: 'rush'}}});
  await sqs.send(orders, 'order 2');
  const [received] = await sqs.receive(orders, {MaxNumberOfMessages: 1});
  sqs.restart();
  expect(bodies(await sqs.receive(orders))).toEqual(['order 2']);
  await sqs.clock.advance(30_000);
  sqs.restart();
  const again = await sqs.receive(orders, {MessageAttributeNames: ['All']});
  expect(again.find(({Body}) => Body === 'order 1')).toMatchObject({
    MessageId: received!.MessageId,
    MessageAttributes: {kind: {StringValue: 'rush'}},
    Attributes: {ApproximateReceiveCount: '2'},
  });
});

test('digests are those that SDKs check', async () => {
  const sqs = openSqs();
  const orders = await sqs.queue('orders');
  const MessageAttributes = {
    test_attribute_name_1: {DataType: 'String', StringValue: 'test_attribute_value_1'},
    bytes: {DataType: 'Binary', BinaryValue: new Uint8Array([1, 2, 3])},
  };
  const sent = await sqs.send(orders, 'This is a test message', {MessageAttributes});
  expect(sent).toMatchObject({MD5OfMessageBody: 'fafb00f5732ab283681e124bf8747ed1'});
  const [received] = await sqs.receive(orders, {MessageAttributeNames: ['test_attribute_name_1']});
  expect(received!.MD5OfMessageAttributes).toBe('ba056227cfd9533dba1f72ad9816d233');
  expect(received!.MessageAttributes).toEqual({test_attribute_name_1: MessageAttributes.test_attribute_name_1});
});

test.each([
  ['a body that is too large', {MessageBody: 'x'.repeat(1025)}, 'Message must be shorter than 1024 bytes'],
  ['a delay over 15 minutes', {MessageBody: 'x', DelaySeconds: 901}, 'DelaySeconds must be >= 0 and <= 900'],
  ['a character XML does not know', {MessageBody: 'x\u0000'}, 'Invalid characters found'],
  [
    'an attribute without a type',
    {MessageBody: 'x', MessageAttributes: {a: {StringValue: 'b'}}},
    'non-empty message attribute type',
  ],
  ['a deduplication id', {MessageBody: 'x', MessageDeduplicationId: 'a'}, 'not valid for this queue type'],
])('a standard queue refuses %s', async (_what, message, sentence) => {
  const sqs = openSqs();
  const orders = await sqs.queue('orders', {MaximumMessageSize: '1024'});
  await expect(sqs.call('SendMessage', {QueueUrl: orders, ...message})).rejects.toThrow(sentence);
});

test('a batch tells what succeeded and what failed', async () => {
  const sqs = openSqs();
  const orders = await sqs.queue('orders');
  const Entries = [
    {Id: 'good', MessageBody: 'order 1'},
    {Id: 'bad', MessageBody: 'order 2', DelaySeconds: 1000},
  ];
  expect(await sqs.call('SendMessageBatch', {QueueUrl: orders, Entries})).toMatchObject({
    Successful: [{Id: 'good'}],
    Failed: [{Id: 'bad', SenderFault: true, Code: 'InvalidParameterValue'}],
  });
  const [message] = await sqs.receive(orders);
  const handles = [
    {Id: 'a', ReceiptHandle: message!.ReceiptHandle},
    {Id: 'b', ReceiptHandle: 'nonsense'},
  ];
  expect(await sqs.call('DeleteMessageBatch', {QueueUrl: orders, Entries: handles})).toMatchObject({
    Successful: [{Id: 'a'}],
    Failed: [{Id: 'b', Code: 'ReceiptHandleIsInvalid'}],
  });
  for (const [entries, code] of [
    [[], 'EmptyBatchRequest'],
    [Array.from({length: 11}, (_, index) => ({Id: `${index}`, MessageBody: 'x'})), 'TooManyEntriesInBatchRequest'],
    [[Entries[0], Entries[0]], 'BatchEntryIdsNotDistinct'],
    [[{Id: 'a b', MessageBody: 'x'}], 'InvalidBatchEntryId'],
  ] as const)
    await expect(sqs.call('SendMessageBatch', {QueueUrl: orders, Entries: entries})).rejects.toMatchObject({code});
});

test('receiving from a long queue costs no more than from a short one', async () => {
  const sqs = openSqs();
  const orders = await sqs.queue('orders');
  for (let index = 0; index < 5000; index++) await sqs.send(orders, `order ${index}`);
  const started = performance.now();
  let received = 0;
  while (received < 1000) received += (await sqs.receive(orders)).length;
  expect(performance.now() - started).toBeLessThan(2000);
});

test('a trace header travels with its message and is not part of the message attributes', async () => {
  const sqs = openSqs();
  const orders = await sqs.queue('orders');
  const AWSTraceHeader = {DataType: 'String', StringValue: 'Root=1-5759e988-bd862e3fe1be46a994272793'};
  const sent = await sqs.send(orders, 'order 1', {MessageSystemAttributes: {AWSTraceHeader}});
  expect(sent).toMatchObject({MD5OfMessageSystemAttributes: expect.stringMatching(/^[0-9a-f]{32}$/)});
  expect(sent).not.toHaveProperty('MD5OfMessageAttributes');
  const [received] = await sqs.receive(orders);
  expect(received!.Attributes).toMatchObject({AWSTraceHeader: AWSTraceHeader.StringValue});
});

test('order and expiry hold when thousands of messages have come and gone behind one that stays', async () => {
  const sqs = openSqs();
  const orders = await sqs.queue('orders', {MessageRetentionPeriod: '60'});
  await sqs.send(orders, 'stays');
  await sqs.receive(orders, {VisibilityTimeout: 50});
  for (let index = 0; index < 1500; index++) {
    await sqs.send(orders, `goes ${index}`);
    const [message] = await sqs.receive(orders);
    expect(message!.Body).toBe(`goes ${index}`);
    await sqs.call('DeleteMessage', {QueueUrl: orders, ReceiptHandle: message!.ReceiptHandle});
  }
  await sqs.clock.advance(50_000);
  expect(bodies(await sqs.receive(orders, {VisibilityTimeout: 0}))).toEqual(['stays']);
  await sqs.clock.advance(10_000);
  expect(await sqs.receive(orders)).toEqual([]);
});
