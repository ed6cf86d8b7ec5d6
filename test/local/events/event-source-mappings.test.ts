import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {type EventSourceMappings, startEventSourceMappings} from '../../../src/local/events/event-source-mappings.ts';
import {ServiceError} from '../../../src/local/service-error.ts';
import {openEventsBench, until} from './events-bench.ts';

let bench: ReturnType<typeof openEventsBench>;
let queue: Awaited<ReturnType<typeof bench.createQueue>>;
let mappings: EventSourceMappings;
beforeEach(async () => {
  bench = openEventsBench();
  queue = await bench.createQueue('orders', {VisibilityTimeout: '30'});
  await bench.createFunction();
  mappings = startEventSourceMappings({...bench});
});
afterEach(async () => {
  await mappings.close();
  await bench.close();
});

interface Record {
  messageId: string;
  body: string;
}
const map = (input: object = {}) =>
  bench.call<{UUID: string}>('CreateEventSourceMapping', {FunctionName: 'orders', EventSourceArn: queue.arn, ...input});
const batches = () =>
  bench.invocations.map(({payload}) => (JSON.parse(Buffer.from(payload).toString()) as {Records: Record[]}).Records);
const bodies = () => batches().map(batch => batch.map(({body}) => body));
const isEmpty = async () => (await queue.depth()).every(count => count === 0);

it('hands messages to the function in the form of AWS, and deletes them', async () => {
  const MessageAttributes = {attempt: {DataType: 'Number', StringValue: '2'}};
  const {MessageId} = await queue.send('{"order":7}', {MessageAttributes});
  await map();
  await until(isEmpty);
  expect(batches()).toEqual([
    [
      {
        messageId: MessageId,
        receiptHandle: expect.any(String),
        body: '{"order":7}',
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: expect.stringMatching(/^\d{13}$/),
          SenderId: expect.any(String),
          ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
        },
        messageAttributes: {
          attempt: {stringValue: '2', stringListValues: [], binaryListValues: [], dataType: 'Number'},
        },
        md5OfBody: expect.stringMatching(/^[0-9a-f]{32}$/),
        md5OfMessageAttributes: expect.stringMatching(/^[0-9a-f]{32}$/),
        eventSource: 'aws:sqs',
        eventSourceARN: queue.arn,
        awsRegion: 'us-east-1',
      },
    ],
  ]);
});

it('polls as the role of the function, on whose behalf Lambda acts', async () => {
  await queue.send('one');
  await map();
  await until(isEmpty);
  const operations = new Set(bench.calls.map(({operation}) => operation));
  expect([...operations]).toEqual(['GetQueueAttributes', 'ReceiveMessage', 'DeleteMessageBatch']);
  for (const {caller} of bench.calls)
    expect(caller).toMatchObject({roleName: 'orders-role', sessionName: 'orders', onBehalf: 'lambda'});
});

it('leaves a batch in the queue when the function fails, until its visibility timeout is over', async () => {
  bench.world.answer = () => (bench.invocations.length === 1 ? new Error('no') : 'ok');
  await queue.send('one');
  const {UUID} = await map();
  await until(() => bench.lambda.lastProcessingResults.get(UUID) === 'PROBLEM: Function call failed');
  expect(await queue.depth()).toEqual([0, 1]);
  await bench.clock.advance(30_000);
  await until(isEmpty);
  expect(bodies()).toEqual([['one'], ['one']]);
});

describe('with partial batch responses', () => {
  it('deletes only what the function took care of', async () => {
    bench.world.answer = ({payload}) => {
      const {Records} = JSON.parse(Buffer.from(payload).toString()) as {Records: Record[]};
      return {
        batchItemFailures: Records.filter(({body}) => body === 'bad').map(({messageId}) => ({
          itemIdentifier: messageId,
        })),
      };
    };
    for (const body of ['good', 'bad', 'better']) await queue.send(body);
    const {UUID} = await map({FunctionResponseTypes: ['ReportBatchItemFailures']});
    await until(() => bench.lambda.lastProcessingResults.get(UUID) === 'PROBLEM: 1 of 3 records failed');
    expect(await queue.depth()).toEqual([0, 1]);
  });

  it('pays no attention to them when the mapping did not ask for them', async () => {
    bench.world.answer = () => ({batchItemFailures: [{itemIdentifier: ''}]});
    await queue.send('one');
    await map();
    await until(isEmpty);
  });
});

it('fills batches up to their size', async () => {
  for (let index = 0; index < 7; index++) await queue.send(String(index));
  await map({BatchSize: 3});
  await until(isEmpty);
  expect(bodies().map(batch => batch.length)).toEqual([3, 3, 1]);
});

it('gathers messages for as long as the window is open, over several receives', async () => {
  for (let index = 0; index < 12; index++) await queue.send(String(index));
  await map({BatchSize: 20, MaximumBatchingWindowInSeconds: 5});
  await until(async () => (await queue.depth())[1] === 12);
  await queue.send('12');
  await until(async () => (await queue.depth())[1] === 13);
  expect(bench.invocations).toEqual([]);
  await bench.clock.advance(5000);
  await until(isEmpty);
  expect(bodies().map(batch => batch.length)).toEqual([13]);
});

it('runs no more batches at the same time than the mapping allows', async () => {
  let running = 0;
  let most = 0;
  const waiting: (() => void)[] = [];
  bench.world.answer = async () => {
    most = Math.max(most, ++running);
    await new Promise<void>(resolve => waiting.push(resolve));
    running--;
  };
  for (let index = 0; index < 5; index++) await queue.send(String(index));
  await map({BatchSize: 1, ScalingConfig: {MaximumConcurrency: 2}});
  const release = setInterval(() => waiting.shift()?.(), 10);
  await until(isEmpty);
  clearInterval(release);
  expect(most).toBe(2);
});

it('deletes what the filters keep from the function', async () => {
  for (const body of ['{"kind":"order"}', '{"kind":"refund"}', 'order']) await queue.send(body);
  const Filters = [{Pattern: '{"body":{"kind":["order"]}}'}];
  await map({FilterCriteria: {Filters}});
  await until(isEmpty);
  expect(bodies()).toEqual([['{"kind":"order"}']]);
});

it('says what the role may not do, and tries again at growing intervals', async () => {
  bench.forbidden.add('ReceiveMessage');
  const {UUID} = await map();
  const attempts = () => bench.calls.filter(({operation}) => operation === 'ReceiveMessage').length;
  await until(() => attempts() === 1);
  expect(await bench.call('GetEventSourceMapping', {UUID})).toMatchObject({
    LastProcessingResult: 'PROBLEM: not authorized to perform: sqs:ReceiveMessage',
  });
  await bench.clock.advance(999);
  expect(attempts()).toBe(1);
  await bench.clock.advance(1);
  await until(() => attempts() === 2);
  await bench.clock.advance(1999);
  expect(attempts()).toBe(2);
  bench.forbidden.clear();
  await queue.send('one');
  await bench.clock.advance(1);
  await until(isEmpty);
});

it('receives nothing for a while when the function is throttled', async () => {
  bench.world.answer = () => {
    if (bench.invocations.length === 1)
      throw new ServiceError('TooManyRequestsException', 'Rate Exceeded.', {status: 429});
  };
  await queue.send('one');
  const {UUID} = await map({BatchSize: 1});
  await until(() => bench.lambda.lastProcessingResults.get(UUID) === 'PROBLEM: Function call was throttled');
  // What the poller was already waiting for, it takes; the next one it leaves alone.
  await queue.send('two');
  await until(() => bench.invocations.length === 2);
  await queue.send('three');
  expect(await queue.depth()).toEqual([1, 1]);
  await bench.clock.advance(1000);
  await until(() => bench.invocations.length === 3);
  await bench.clock.advance(30_000);
  await until(isEmpty);
});

it('does nothing while it is disabled, and nothing after it is deleted', async () => {
  const {UUID} = await map({Enabled: false});
  await queue.send('one');
  await bench.clock.advance(1000);
  expect(bench.calls).toEqual([]);
  await bench.call('UpdateEventSourceMapping', {UUID, Enabled: true});
  await until(isEmpty);
  await bench.call('DeleteEventSourceMapping', {UUID});
  await queue.send('two');
  await bench.clock.advance(1000);
  expect(bodies()).toEqual([['one']]);
  expect(await queue.depth()).toEqual([1, 0]);
});

it('finishes the batch in hand when its mapping is deleted', async () => {
  let finish = () => {};
  bench.world.answer = () => new Promise<void>(resolve => (finish = resolve));
  await queue.send('one');
  const {UUID} = await map();
  await until(() => bench.invocations.length === 1);
  await bench.call('DeleteEventSourceMapping', {UUID});
  finish();
  await until(isEmpty);
});

it('polls again after a restart', async () => {
  await map();
  await mappings.close();
  await queue.send('one');
  mappings = startEventSourceMappings({...bench});
  await until(isEmpty);
});

describe('CreateEventSourceMapping', () => {
  const refusals: [string, object, string, string][] = [
    [
      'a Kinesis stream',
      {EventSourceArn: 'arn:aws:kinesis:us-east-1:000000000000:stream/orders'},
      'NotImplemented',
      'an SQS queue or the stream of a DynamoDB table can be the source',
    ],
    ['a batch above ten without a window', {BatchSize: 11}, 'InvalidParameterValueException', 'greater than 0'],
    ['a concurrency of one', {ScalingConfig: {MaximumConcurrency: 1}}, 'ValidationException', 'maximumConcurrency'],
    [
      'a filter that is no pattern',
      {FilterCriteria: {Filters: [{Pattern: '{"body":"order"}'}]}},
      'InvalidParameterValueException',
      'Invalid filter pattern definition.',
    ],
    ['a function that is not there', {FunctionName: 'receipts'}, 'ResourceNotFoundException', 'Function not found'],
    [
      'a queue that is not there',
      {EventSourceArn: 'arn:aws:sqs:us-east-1:000000000000:receipts'},
      'InvalidParameterValueException',
      'SQS Error Code: QueueDoesNotExist',
    ],
  ];
  it.each(refusals)('refuses %s', async (_, input, code, message) => {
    await expect(map(input)).rejects.toMatchObject({code, message: expect.stringContaining(message)});
  });

  it.each(['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'])('refuses a role that may not %s', async action => {
    bench.denied.add(`sqs:${action}`);
    await expect(map()).rejects.toMatchObject({
      code: 'InvalidParameterValueException',
      message: `The function execution role does not have permissions to call ${action} on SQS`,
    });
  });

  it('refuses a queue that shows a message again while the function may still work on it', async () => {
    await bench.call('UpdateFunctionConfiguration', {FunctionName: 'orders', Timeout: 60});
    await expect(map()).rejects.toMatchObject({
      message: 'Queue visibility timeout: 30 seconds is less than Function timeout: 60 seconds',
    });
  });

  it('refuses a second mapping of the same queue and function', async () => {
    const {UUID} = await map();
    await expect(map()).rejects.toMatchObject({
      code: 'ResourceConflictException',
      message: expect.stringContaining(UUID),
    });
  });
});
