import {text} from 'node:stream/consumers';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {type EventSourceMappings, startEventSourceMappings} from '../../../src/local/events/event-source-mappings.ts';
import {ServiceError} from '../../../src/local/service-error.ts';
import {readIterator} from '../../../src/local/services/dynamodb/stream-iterator.ts';
import type {Invocation} from '../../../src/local/services/lambda/runtime.ts';
import {calm} from '../calm.ts';
import {until} from './events-bench.ts';
import {advanceUntil, type EventRecord, openStreamBench} from './stream-bench.ts';

let bench: Awaited<ReturnType<typeof openStreamBench>>;
let mappings: EventSourceMappings;
let warnings: string[];
let measured: unknown[];
const start = () =>
  startEventSourceMappings({
    ...bench,
    onWarning: warning => warnings.push(warning),
    onMetric: (name, metric, value) => measured.push([name, metric, value]),
  });
beforeEach(async () => {
  bench = await openStreamBench();
  warnings = [];
  measured = [];
  mappings = start();
});
afterEach(async () => {
  await mappings.close();
  await bench.close();
});

const recordsOf = ({payload}: Invocation) =>
  (JSON.parse(Buffer.from(payload).toString()) as {Records: EventRecord[]}).Records;
const idOf = (record: EventRecord) => record.dynamodb.Keys.id.S;
/** A function that fails when the bad one is among its records. */
const failOn = (bad: string) => (invocation: Invocation) =>
  recordsOf(invocation).some(record => idOf(record) === bad) ? new Error('poison') : 'ok';
/** Whether somebody has asked for what comes behind the first so many records. */
const isReadUpTo = (count: number) => () =>
  bench.calls.some(({input}) => readIterator(String(input.ShardIterator))?.after === count);
const caughtUp = (count: number) => () => bench.ids().flat().length >= count;

it('hands records to the function in the form of AWS', async () => {
  await bench.put('a', {status: {S: 'PENDING'}});
  await bench.map();
  await until(caughtUp(1));
  expect(bench.batches()).toEqual([
    [
      {
        eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
        eventName: 'INSERT',
        eventVersion: '1.1',
        eventSource: 'aws:dynamodb',
        awsRegion: 'us-east-1',
        dynamodb: {
          ApproximateCreationDateTime: Date.parse('2026-01-01T00:00:00Z') / 1000,
          Keys: {id: {S: 'a'}},
          NewImage: {id: {S: 'a'}, status: {S: 'PENDING'}},
          SequenceNumber: expect.stringMatching(/^\d{21}$/),
          SizeBytes: 19,
          StreamViewType: 'NEW_AND_OLD_IMAGES',
        },
        eventSourceARN: bench.streamArn,
      },
    ],
  ]);
});

it('reads as the role of the function, on whose behalf Lambda acts', async () => {
  await bench.put('a');
  await bench.map();
  await until(caughtUp(1));
  const operations = new Set(bench.calls.map(({operation}) => operation));
  expect([...operations]).toEqual(['ListStreams', 'DescribeStream', 'GetShardIterator', 'GetRecords']);
  for (const {caller} of bench.calls)
    expect(caller).toMatchObject({roleName: 'orders-role', sessionName: 'orders', onBehalf: 'lambda'});
});

it('says of a record that DynamoDB deleted it when its time was over', async () => {
  await bench.dynamodb('UpdateTimeToLive', {TimeToLiveSpecification: {Enabled: true, AttributeName: 'expiresAt'}});
  await bench.put('a', {expiresAt: {N: String(bench.clock.now() / 1000 + 1)}});
  await bench.map();
  await advanceUntil(bench.clock, caughtUp(2));
  expect(bench.batches().flat()[1]).toMatchObject({
    eventName: 'REMOVE',
    userIdentity: {type: 'Service', principalId: 'dynamodb.amazonaws.com'},
  });
});

it('begins with LATEST behind what is there, and with TRIM_HORIZON before it', async () => {
  await bench.put('before');
  await bench.map({StartingPosition: 'LATEST'});
  await bench.put('after');
  await until(caughtUp(1));
  expect(bench.ids()).toEqual([['after']]);
});

it('waits for nothing while there is nothing, and is woken by a write', async () => {
  await bench.map();
  await until(() => bench.calls.some(({operation}) => operation === 'GetRecords'));
  const asked = bench.calls.length;
  await new Promise(resolve => setTimeout(resolve, 30));
  expect(bench.calls.length).toBe(asked);
  await bench.put('a');
  await until(caughtUp(1));
});

it('fills batches up to their size, in the order of the writes', async () => {
  for (let index = 0; index < 7; index++) await bench.put(`r${index}`);
  await bench.map({BatchSize: 3});
  await until(caughtUp(7));
  expect(bench.ids()).toEqual([['r0', 'r1', 'r2'], ['r3', 'r4', 'r5'], ['r6']]);
});

it('gathers records for as long as the window is open', async () => {
  await bench.map({MaximumBatchingWindowInSeconds: 5});
  await bench.put('a');
  await until(isReadUpTo(1));
  await bench.put('b');
  await until(isReadUpTo(2));
  expect(bench.ids()).toEqual([]);
  await advanceUntil(bench.clock, caughtUp(2));
  expect(bench.ids()).toEqual([['a', 'b']]);
});

it('lets only those records pass that fit a filter, and goes on behind the others', async () => {
  await bench.map({
    FilterCriteria: {Filters: [{Pattern: '{"dynamodb":{"NewImage":{"status":{"S":["PENDING"]}}}}'}]},
  });
  await bench.put('a', {status: {S: 'PENDING'}});
  await bench.put('a', {status: {S: 'DONE'}});
  await bench.dynamodb('DeleteItem', {Key: {id: {S: 'a'}}});
  await bench.put('b', {status: {S: 'PENDING'}});
  await until(caughtUp(2));
  expect(bench.ids().flat()).toEqual(['a', 'b']);
});

it('works on several batches at the same time, and on the records of one item one after the other', async () => {
  let running = 0;
  let most = 0;
  bench.world.answer = async () => {
    most = Math.max(most, ++running);
    await new Promise(resolve => setTimeout(resolve, 2));
    running--;
  };
  for (let round = 0; round < 5; round++)
    for (let item = 0; item < 6; item++) await bench.put(`item${item}`, {round: {N: String(round)}});
  await bench.map({BatchSize: 2, ParallelizationFactor: 4});
  await until(() => caughtUp(30)() && running === 0);
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(4);
  for (let item = 0; item < 6; item++) {
    const rounds = bench
      .batches()
      .flat()
      .filter(record => idOf(record) === `item${item}`)
      .map(record => (record.dynamodb.NewImage!.round as {N: string}).N);
    expect(rounds).toEqual(['0', '1', '2', '3', '4']);
  }
});

it('measures how old the last record of a batch is', async () => {
  await mappings.close();
  await bench.put('a');
  await bench.clock.advance(5000);
  mappings = start();
  await bench.map();
  await until(caughtUp(1));
  expect(measured).toEqual([['orders', 'IteratorAge', 5000]]);
});

describe('a record that always fails', () => {
  it('holds up what is behind it, and is tried until the stream lets go of it', async () => {
    bench.world.answer = failOn('bad');
    await bench.map({BatchSize: 1});
    await bench.put('bad');
    await bench.put('good');
    await advanceUntil(bench.clock, caughtUp(5));
    expect(new Set(bench.ids().flat())).toEqual(new Set(['bad']));
    await bench.clock.advance(86_400_000);
    await advanceUntil(bench.clock, () => warnings.length > 0);
    expect(warnings[0]).toContain('RecordAgeExceeded');
  });

  it('ends alone at the destination when batches are split, and everything else is processed', async () => {
    const queue = await bench.createQueue('failed');
    bench.world.answer = failOn('r77');
    for (let index = 0; index < 200; index++) await bench.put(`r${index}`);
    const {UUID} = await bench.map({
      BatchSize: 100,
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 3,
      DestinationConfig: {OnFailure: {Destination: queue.arn}},
    });
    await advanceUntil(bench.clock, async () => (await queue.depth())[0] === 1 && caughtUp(200)());
    await until(() => bench.lambda.lastProcessingResults.get(UUID) === 'OK');
    const processed = bench.invocations
      .filter(invocation => !recordsOf(invocation).some(record => idOf(record) === 'r77'))
      .flatMap(recordsOf)
      .map(idOf);
    expect(processed).toHaveLength(199);
    expect(new Set(processed).size).toBe(199);
    const [message] = await queue.receive();
    const sequence = bench
      .batches()
      .flat()
      .find(record => idOf(record) === 'r77')!.dynamodb.SequenceNumber;
    expect(JSON.parse(message!.Body)).toEqual({
      requestContext: {
        requestId: expect.any(String),
        functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:orders',
        condition: 'RetryAttemptsExhausted',
        approximateInvokeCount: expect.any(Number),
      },
      responseContext: {statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled'},
      version: '1.0',
      timestamp: expect.stringMatching(/^2026-01-01T00:00:\d\d\.\d{3}Z$/),
      DDBStreamBatchInfo: {
        shardId: expect.stringMatching(/^shardId-\d{20}-[0-9a-f]{8}$/),
        startSequenceNumber: sequence,
        endSequenceNumber: sequence,
        approximateArrivalOfFirstRecord: '2026-01-01T00:00:00Z',
        approximateArrivalOfLastRecord: '2026-01-01T00:00:00Z',
        batchSize: 1,
        streamArn: bench.streamArn,
      },
    });
    // Alone, it was tried once and then three times more.
    const alone = bench.ids().filter(ids => ids.length === 1 && ids[0] === 'r77');
    expect(alone).toHaveLength(4);
  });

  it('arrives in a bucket together with the event', async () => {
    await bench.callService('s3', 'CreateBucket', {Bucket: 'failures'});
    bench.world.answer = failOn('bad');
    await bench.put('bad');
    const {UUID} = await bench.map({
      MaximumRetryAttempts: 0,
      DestinationConfig: {OnFailure: {Destination: 'arn:aws:s3:::failures'}},
    });
    const keys = async () =>
      ((await bench.callService('s3', 'ListObjectsV2', {Bucket: 'failures'})).Contents ?? []) as {Key: string}[];
    await until(async () => (await keys()).length === 1);
    const [{Key}] = (await keys()) as [{Key: string}];
    expect(Key).toMatch(
      new RegExp(`^aws/lambda/${UUID}/shardId-\\d{20}-[0-9a-f]{8}/2026-01-01T00\\.00\\.00-[0-9a-f-]{36}$`),
    );
    const {Body} = await bench.callService<{Body: NodeJS.ReadableStream}>('s3', 'GetObject', {
      Bucket: 'failures',
      Key,
    });
    const record = JSON.parse(await text(Body));
    expect(record.DDBStreamBatchInfo.batchSize).toBe(1);
    expect(JSON.parse(record.payload)).toEqual({Records: bench.batches()[0]});
  });

  it('does not hold up the stream when its destination cannot be told, and that is counted', async () => {
    const queue = await bench.createQueue('failed');
    bench.world.answer = failOn('bad');
    bench.forbidden.add('SendMessage');
    await bench.map({
      BatchSize: 1,
      MaximumRetryAttempts: 0,
      DestinationConfig: {OnFailure: {Destination: queue.arn}},
    });
    await bench.put('bad');
    await bench.put('good');
    await until(() => bench.ids().flat().includes('good'));
    expect(warnings).toEqual([expect.stringContaining('not authorized to perform: sqs:SendMessage')]);
    expect(measured).toContainEqual(['orders', 'DestinationDeliveryFailures', 1]);
  });

  it('is given up when it is too old, though retries are left', async () => {
    const queue = await bench.createQueue('failed');
    bench.world.answer = failOn('bad');
    await bench.map({MaximumRecordAgeInSeconds: 60, DestinationConfig: {OnFailure: {Destination: queue.arn}}});
    await bench.put('bad');
    await advanceUntil(bench.clock, async () => (await queue.depth())[0] === 1);
    const [message] = await queue.receive();
    expect(JSON.parse(message!.Body).requestContext.condition).toBe('RecordAgeExceeded');
  });
});

describe('with partial batch responses', () => {
  const answerFailing = (...bad: string[]) =>
    (bench.world.answer = invocation => ({
      batchItemFailures: recordsOf(invocation)
        .filter(record => bad.includes(idOf(record)))
        .map(({dynamodb}) => ({itemIdentifier: dynamodb.SequenceNumber})),
    }));
  const partial = {FunctionResponseTypes: ['ReportBatchItemFailures']};

  it('goes on from the first record that failed', async () => {
    for (const id of ['a', 'b', 'c', 'd']) await bench.put(id);
    answerFailing('b', 'd');
    await bench.map({...partial, MaximumRetryAttempts: 1});
    await advanceUntil(bench.clock, () => warnings.length > 0);
    expect(bench.ids()).toEqual([
      ['a', 'b', 'c', 'd'],
      ['b', 'c', 'd'],
    ]);
  });

  it('isolates the ones that failed when batches are split as well', async () => {
    for (const id of ['a', 'b', 'c', 'd']) await bench.put(id);
    answerFailing('b');
    await bench.map({...partial, MaximumRetryAttempts: 0, BisectBatchOnFunctionError: true});
    await advanceUntil(
      bench.clock,
      () =>
        bench
          .ids()
          .flat()
          .filter(id => id === 'd').length ===
        2 + 1,
    );
    expect(bench.ids()).toEqual([['a', 'b', 'c', 'd'], ['b', 'c', 'd'], ['b', 'c'], ['b'], ['c'], ['d']]);
    expect(warnings).toHaveLength(1);
  });
});

it('hands over a batch once more where the disorder says so, and believes the second answer', async () => {
  await mappings.close();
  mappings = startEventSourceMappings({...bench, disorder: {...calm, repeats: () => bench.invocations.length === 1}});
  await bench.put('a');
  bench.world.answer = () => (bench.invocations.length === 2 ? new Error('no') : 'ok');
  await bench.map();
  await advanceUntil(bench.clock, caughtUp(3));
  expect(bench.ids()).toEqual([['a'], ['a'], ['a']]);
});

describe('the place in the stream', () => {
  it('is kept over a restart', async () => {
    await bench.map();
    await bench.put('a');
    await until(caughtUp(1));
    await until(() => [...bench.lambda.checkpoints.values()][0]?.after !== undefined);
    await mappings.close();
    await bench.put('b');
    mappings = start();
    await until(caughtUp(2));
    expect(bench.ids()).toEqual([['a'], ['b']]);
  });

  it('stays before what a stop interrupted, and behind what overtook it', async () => {
    bench.world.answer = failOn('bad');
    for (const id of ['bad', 'x1', 'x2', 'x3', 'x4', 'x5', 'x6', 'x7']) await bench.put(id);
    await bench.map({BatchSize: 1, ParallelizationFactor: 8});
    await until(() => ([...bench.lambda.checkpoints.values()][0]?.done.length ?? 0) >= 4);
    await mappings.close();
    const overtaken = bench
      .ids()
      .flat()
      .filter(id => id !== 'bad');
    const first = bench.invocations.length;
    bench.world.answer = () => 'ok';
    mappings = start();
    await until(() => bench.invocations.length - first >= 8 - overtaken.length);
    const later = bench.ids().slice(first).flat();
    expect([...overtaken, ...later].sort()).toEqual(['bad', 'x1', 'x2', 'x3', 'x4', 'x5', 'x6', 'x7']);
  });

  it('is handed from one poller to the next when the mapping changes', async () => {
    let finish = () => {};
    bench.world.answer = () => new Promise<void>(resolve => (finish = resolve));
    const {UUID} = await bench.map();
    await bench.put('a');
    await until(() => bench.invocations.length === 1);
    await bench.call('UpdateEventSourceMapping', {UUID, BatchSize: 1});
    await bench.put('b');
    bench.world.answer = () => 'ok';
    finish();
    await until(caughtUp(2));
    expect(bench.ids()).toEqual([['a'], ['b']]);
  });

  it('is forgotten with the mapping', async () => {
    const {UUID} = await bench.map();
    await bench.put('a');
    await until(caughtUp(1));
    await bench.call('DeleteEventSourceMapping', {UUID});
    await mappings.close();
    expect(bench.lambda.checkpoints.size).toBe(0);
  });
});

it('tries again when the function is throttled, and counts that as no attempt', async () => {
  let throttles = 3;
  bench.world.answer = () => {
    if (throttles-- > 0) throw new ServiceError('TooManyRequestsException', 'Rate Exceeded.', {status: 429});
  };
  await bench.put('a');
  const {UUID} = await bench.map({MaximumRetryAttempts: 0});
  await advanceUntil(bench.clock, () => bench.lambda.lastProcessingResults.get(UUID) === 'OK');
  expect(bench.ids()).toEqual([['a'], ['a'], ['a'], ['a']]);
});

it('says why it cannot read, and keeps trying', async () => {
  bench.forbidden.add('GetRecords');
  await bench.put('a');
  const {UUID} = await bench.map();
  await until(() => bench.lambda.lastProcessingResults.get(UUID)?.includes('dynamodb') ?? false);
  expect(bench.lambda.lastProcessingResults.get(UUID)).toBe(
    'PROBLEM: not authorized to perform: dynamodbstreams:GetRecords',
  );
  bench.forbidden.clear();
  await advanceUntil(bench.clock, caughtUp(1));
});

describe('CreateEventSourceMapping of a stream', () => {
  it('answers with the defaults of a stream', async () => {
    expect(await bench.map({Enabled: false})).toMatchObject({
      BatchSize: 100,
      BisectBatchOnFunctionError: false,
      DestinationConfig: {OnFailure: {}},
      MaximumBatchingWindowInSeconds: 0,
      MaximumRecordAgeInSeconds: -1,
      MaximumRetryAttempts: -1,
      ParallelizationFactor: 1,
      StartingPosition: 'TRIM_HORIZON',
    });
  });

  const queue = 'arn:aws:sqs:us-east-1:000000000000:failed';
  const refusals: [string, object, string, string][] = [
    ['no starting position', {StartingPosition: undefined}, 'InvalidParameterValueException', 'startingPosition'],
    ['a time to start at', {StartingPosition: 'AT_TIMESTAMP'}, 'InvalidParameterValueException', 'AT_TIMESTAMP'],
    ['a batch that is too large', {BatchSize: 10_001}, 'ValidationException', 'batchSize'],
    ['a factor of eleven', {ParallelizationFactor: 11}, 'ValidationException', 'parallelizationFactor'],
    ['an age of half a minute', {MaximumRecordAgeInSeconds: 30}, 'InvalidParameterValueException', 'between 60'],
    ['what only a queue has', {ScalingConfig: {MaximumConcurrency: 2}}, 'InvalidParameterValueException', 'Scaling'],
    [
      'a topic as the destination',
      {DestinationConfig: {OnFailure: {Destination: 'arn:aws:sns:us-east-1:000000000000:failed'}}},
      'NotImplemented',
      'an SQS queue or an S3 bucket can be one',
    ],
    [
      'a destination of successes',
      {DestinationConfig: {OnSuccess: {Destination: queue}}},
      'InvalidParameterValueException',
      'OnSuccess',
    ],
    [
      'a stream that is not there',
      {EventSourceArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/requests/stream/2020-01-01T00:00:00.000'},
      'InvalidParameterValueException',
      'Stream not found',
    ],
  ];
  it.each(refusals)('refuses %s', async (_what, input, code, words) => {
    const error = await bench.map(input).catch(cause => cause);
    expect(error).toBeInstanceOf(ServiceError);
    expect([error.code, error.message]).toEqual([code, expect.stringContaining(words)]);
  });

  it.each(['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'])(
    'refuses a role that may not call %s',
    async action => {
      bench.denied.add(`dynamodb:${action}`);
      await expect(bench.map()).rejects.toThrow(
        `Cannot access stream ${bench.streamArn}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, and ListStreams Actions on your stream in IAM.`,
      );
    },
  );

  it.each([
    ['sqs:SendMessage', queue],
    ['s3:PutObject', 'arn:aws:s3:::failures'],
    ['s3:ListBucket', 'arn:aws:s3:::failures'],
  ])('refuses a role that may not %s where failures go', async (action, Destination) => {
    bench.denied.add(action);
    await expect(bench.map({DestinationConfig: {OnFailure: {Destination}}})).rejects.toThrow(
      `does not have permissions to call ${action.split(':')[1]} on ${Destination}`,
    );
  });

  it('refuses for a queue what only a stream has', async () => {
    const {arn} = await bench.createQueue('orders', {VisibilityTimeout: '30'});
    await expect(
      bench.call('CreateEventSourceMapping', {FunctionName: 'orders', EventSourceArn: arn, MaximumRetryAttempts: 3}),
    ).rejects.toThrow('Unsupported MaximumRetryAttempts parameter for given event source mapping type.');
  });
});
