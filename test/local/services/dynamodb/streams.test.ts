import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import type {ServiceError} from '../../../../src/local/service-error.ts';
import type {dynamodbService} from '../../../../src/local/services/dynamodb/service.ts';
import {dynamodbStreamsService} from '../../../../src/local/services/dynamodb/streams-service.ts';
import {openOrders, order, startDynamodb} from './orders.ts';

interface StreamRecord {
  eventName: string;
  userIdentity?: object;
  dynamodb: {SequenceNumber: string; Keys: object; NewImage?: object; OldImage?: object; SizeBytes: number};
}

let orders: Awaited<ReturnType<typeof openOrders>>;
beforeEach(async () => {
  orders = await openOrders();
  serve();
});
afterEach(() => orders.bench.close());

function serve(service = orders.bench.services.get('dynamodb') as ReturnType<typeof dynamodbService>): void {
  orders.bench.services.set('dynamodbstreams', dynamodbStreamsService(service.store));
}
const streams = <T = Record<string, unknown>>(operation: string, input: object = {}) =>
  orders.bench.call<T>('dynamodbstreams', operation, input);

async function enable(StreamViewType = 'NEW_AND_OLD_IMAGES'): Promise<string> {
  const {TableDescription} = await orders.call<{TableDescription: {LatestStreamArn: string}}>('UpdateTable', {
    StreamSpecification: {StreamEnabled: true, StreamViewType},
  });
  return TableDescription.LatestStreamArn;
}
const disable = () => orders.call('UpdateTable', {StreamSpecification: {StreamEnabled: false}});

async function shardOf(StreamArn: string): Promise<string> {
  const {StreamDescription} = await streams<{StreamDescription: {Shards: {ShardId: string}[]}}>('DescribeStream', {
    StreamArn,
  });
  return StreamDescription.Shards[0]!.ShardId;
}
async function iterator(StreamArn: string, input: object = {ShardIteratorType: 'TRIM_HORIZON'}): Promise<string> {
  const ShardId = await shardOf(StreamArn);
  return (await streams<{ShardIterator: string}>('GetShardIterator', {StreamArn, ShardId, ...input})).ShardIterator;
}
const get = (ShardIterator: string, input: object = {}) =>
  streams<{Records: StreamRecord[]; NextShardIterator?: string}>('GetRecords', {ShardIterator, ...input});
const read = async (StreamArn: string) => (await get(await iterator(StreamArn))).Records;
const failure = (call: Promise<unknown>) =>
  call.then(
    () => 'no error',
    (error: ServiceError) => error.code,
  );

const before = order('ann', 1, {state: {S: 'NEW'}});
const after = order('ann', 1, {state: {S: 'PAID'}});
const Keys = order('ann', 1);

describe('a record', () => {
  const views: [string, object, object, object][] = [
    ['KEYS_ONLY', {}, {}, {}],
    ['NEW_IMAGE', {NewImage: before}, {NewImage: after}, {}],
    ['OLD_IMAGE', {}, {OldImage: before}, {OldImage: after}],
    ['NEW_AND_OLD_IMAGES', {NewImage: before}, {NewImage: after, OldImage: before}, {OldImage: after}],
  ];
  it.each(views)('shows with %s what that view has', async (view, inserted, modified, removed) => {
    const stream = await enable(view);
    await orders.call('PutItem', {Item: before});
    await orders.call('UpdateItem', {
      Key: Keys,
      UpdateExpression: 'SET #s = :s',
      ExpressionAttributeNames: {'#s': 'state'},
      ExpressionAttributeValues: {':s': {S: 'PAID'}},
    });
    await orders.call('DeleteItem', {Key: Keys});
    const rest = (images: object) => ({
      ApproximateCreationDateTime: 1_767_225_600,
      Keys,
      ...images,
      SequenceNumber: expect.stringMatching(/^\d{21}$/),
      SizeBytes: expect.any(Number),
      StreamViewType: view,
    });
    const records = await read(stream);
    expect(records.map(({eventName, dynamodb}) => [eventName, dynamodb])).toEqual([
      ['INSERT', rest(inserted)],
      ['MODIFY', rest(modified)],
      ['REMOVE', rest(removed)],
    ]);
    const numbers = records.map(({dynamodb}) => dynamodb.SequenceNumber);
    expect(numbers.toSorted()).toEqual(numbers);
  });

  it('is written by every operation that writes', async () => {
    const stream = await enable('KEYS_ONLY');
    const {call, bench} = orders;
    await bench.call('dynamodb', 'BatchWriteItem', {
      RequestItems: {orders: [{PutRequest: {Item: order('ann', 1)}}, {PutRequest: {Item: order('ann', 2)}}]},
    });
    await bench.call('dynamodb', 'BatchWriteItem', {
      RequestItems: {orders: [{DeleteRequest: {Key: order('ann', 2)}}]},
    });
    await bench.call('dynamodb', 'TransactWriteItems', {
      TransactItems: [
        {Put: {TableName: 'orders', Item: order('ann', 3)}},
        {Delete: {TableName: 'orders', Key: order('ann', 1)}},
      ],
    });
    await call('PutItem', {Item: order('ann', 4)});
    const records = await read(stream);
    expect(records.map(({eventName, dynamodb}) => [eventName, dynamodb.Keys])).toEqual([
      ['INSERT', order('ann', 1)],
      ['INSERT', order('ann', 2)],
      ['REMOVE', order('ann', 2)],
      ['INSERT', order('ann', 3)],
      ['REMOVE', order('ann', 1)],
      ['INSERT', order('ann', 4)],
    ]);
  });

  it('names DynamoDB itself when the time to live of the item was over', async () => {
    const stream = await enable();
    await orders.call('UpdateTimeToLive', {TimeToLiveSpecification: {Enabled: true, AttributeName: 'expires'}});
    await orders.call('PutItem', {Item: order('ann', 1, {expires: {N: String(orders.clock.now() / 1000)}})});
    await orders.clock.advance(61_000);
    await expect.poll(() => read(stream)).toHaveLength(2);
    const [inserted, removed] = await read(stream);
    expect(inserted).not.toHaveProperty('userIdentity');
    expect(removed!.userIdentity).toEqual({Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com'});
  });

  it('is not written for what changes nothing', async () => {
    await orders.call('PutItem', {Item: order('ann', 1, {tags: {SS: ['a', 'b']}, lines: {L: [{M: {}}]}})});
    const stream = await enable();
    await orders.call('PutItem', {Item: order('ann', 1, {lines: {L: [{M: {}}]}, tags: {SS: ['b', 'a']}})});
    await orders.call('UpdateItem', {Key: Keys, UpdateExpression: 'REMOVE absent'});
    await orders.call('DeleteItem', {Key: order('bob', 1)});
    expect(await read(stream)).toEqual([]);
  });

  it('is not written when its transaction is cancelled', async () => {
    const stream = await enable();
    const TransactItems = [
      {Put: {TableName: 'orders', Item: order('ann', 1)}},
      {
        ConditionCheck: {
          TableName: 'orders',
          Key: order('bob', 1),
          ConditionExpression: 'attribute_exists(customer)',
        },
      },
    ];
    await expect(orders.bench.call('dynamodb', 'TransactWriteItems', {TransactItems})).rejects.toThrow('cancelled');
    expect(await read(stream)).toEqual([]);
  });
});

describe('reading', () => {
  let stream: string;
  beforeEach(async () => {
    stream = await enable('KEYS_ONLY');
    for (let number = 1; number <= 4; number++) await orders.call('PutItem', {Item: order('ann', number)});
  });
  const numbers = (records: readonly StreamRecord[]) =>
    records.map(({dynamodb}) => Number((dynamodb.Keys as {number: {N: string}}).number.N));

  it('goes on from iterator to iterator', async () => {
    const first = await get(await iterator(stream), {Limit: 3});
    const second = await get(first.NextShardIterator!);
    const third = await get(second.NextShardIterator!);
    expect([first, second, third].map(({Records}) => numbers(Records))).toEqual([[1, 2, 3], [4], []]);
  });

  it('starts where the type of iterator says', async () => {
    const SequenceNumber = (await read(stream))[1]!.dynamodb.SequenceNumber;
    const from = async (input: object) => numbers((await get(await iterator(stream, input))).Records);
    expect(await from({ShardIteratorType: 'AT_SEQUENCE_NUMBER', SequenceNumber})).toEqual([2, 3, 4]);
    expect(await from({ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber})).toEqual([3, 4]);
    const latest = await iterator(stream, {ShardIteratorType: 'LATEST'});
    await orders.call('PutItem', {Item: order('ann', 5)});
    expect(numbers((await get(latest)).Records)).toEqual([5]);
  });

  it('is over with an iterator after fifteen minutes', async () => {
    const old = await iterator(stream);
    await orders.clock.advance(15 * 60_000 + 1);
    expect(await failure(get(old))).toBe('ExpiredIteratorException');
    expect(await failure(get('no iterator'))).toBe('ValidationException');
  });

  it('does not reach what is older than a day', async () => {
    const SequenceNumber = (await read(stream))[1]!.dynamodb.SequenceNumber;
    await orders.clock.advance(86_400_000 - 60_000);
    const held = await iterator(stream);
    await orders.call('PutItem', {Item: order('ann', 5)});
    await orders.clock.advance(120_000);
    expect(numbers(await read(stream))).toEqual([5]);
    expect(await failure(iterator(stream, {ShardIteratorType: 'AT_SEQUENCE_NUMBER', SequenceNumber}))).toBe(
      'TrimmedDataAccessException',
    );
    expect(await failure(get(held))).toBe('TrimmedDataAccessException');
    await orders.clock.advance(3_600_000);
    const {store} = orders.bench.services.get('dynamodb') as ReturnType<typeof dynamodbService>;
    // The newest of what was trimmed stays, to say how far that went.
    expect(store.items.streamLog.read(stream, 0, {horizon: 0, limit: -1})).toHaveLength(2);
    expect(numbers(await read(stream))).toEqual([5]);
    expect(await failure(iterator(stream, {ShardIteratorType: 'AT_SEQUENCE_NUMBER', SequenceNumber}))).toBe(
      'TrimmedDataAccessException',
    );
  });

  it('comes to an end when the stream is switched off, and is possible for a day after that', async () => {
    await disable();
    await orders.call('PutItem', {Item: order('ann', 5)});
    const last = await get(await iterator(stream));
    expect(numbers(last.Records)).toEqual([1, 2, 3, 4]);
    expect(last).not.toHaveProperty('NextShardIterator');
    const described = await streams<{StreamDescription: object}>('DescribeStream', {StreamArn: stream});
    expect(described.StreamDescription).toMatchObject({
      StreamStatus: 'DISABLED',
      Shards: [{SequenceNumberRange: {EndingSequenceNumber: last.Records[3]!.dynamodb.SequenceNumber}}],
    });
    await orders.clock.advance(26 * 3_600_000);
    expect(await failure(streams('DescribeStream', {StreamArn: stream}))).toBe('ResourceNotFoundException');
  });

  it('is possible after the table was deleted', async () => {
    await orders.call('DeleteTable');
    expect(numbers(await read(stream))).toEqual([1, 2, 3, 4]);
  });

  it('is the same after a restart', async () => {
    const records = await read(stream);
    orders.bench.services.get('dynamodb')?.close?.();
    serve(startDynamodb(orders.bench));
    expect(await read(stream)).toEqual(records);
  });

  it.each([
    ['GetRecords', {Limit: 1001}],
    ['GetShardIterator', {ShardIteratorType: 'AT_SEQUENCE_NUMBER'}],
    ['GetShardIterator', {ShardIteratorType: 'AT_SEQUENCE_NUMBER', SequenceNumber: '7'}],
    ['GetShardIterator', {ShardIteratorType: 'LATEST', SequenceNumber: '100000000000000000001'}],
    ['GetShardIterator', {ShardIteratorType: 'YESTERDAY'}],
  ])('refuses %s with %j', async (operation, input) => {
    const place =
      operation === 'GetRecords'
        ? {ShardIterator: await iterator(stream)}
        : {StreamArn: stream, ShardId: await shardOf(stream)};
    expect(await failure(streams(operation, {...place, ...input}))).toBe('ValidationException');
  });

  it('refuses a shard that is not there', async () => {
    const ShardId = 'shardId-00000000000000000000-00000000';
    const input = {StreamArn: stream, ShardId, ShardIteratorType: 'LATEST'};
    expect(await failure(streams('GetShardIterator', input))).toBe('ResourceNotFoundException');
  });
});

describe('a table', () => {
  it('says which stream it has', async () => {
    const arn = await enable('KEYS_ONLY');
    const {Table} = await orders.call<{Table: object}>('DescribeTable');
    expect(Table).toMatchObject({
      StreamSpecification: {StreamEnabled: true, StreamViewType: 'KEYS_ONLY'},
      LatestStreamArn: arn,
      LatestStreamLabel: '2026-01-01T00:00:00.000',
    });
    expect(arn).toBe('arn:aws:dynamodb:us-east-1:000000000000:table/orders/stream/2026-01-01T00:00:00.000');
    await disable();
    const after = await orders.call<{Table: object}>('DescribeTable');
    expect(after.Table).not.toHaveProperty('StreamSpecification');
    expect(after.Table).toMatchObject({LatestStreamArn: arn});
  });

  it('gets another stream when it is switched on again', async () => {
    const first = await enable();
    await disable();
    const second = await enable();
    expect(second).not.toBe(first);
    const {Streams} = await streams<{Streams: {StreamArn: string}[]}>('ListStreams', {TableName: 'orders'});
    expect(Streams.map(({StreamArn}) => StreamArn)).toEqual([first, second]);
    const page = await streams<{LastEvaluatedStreamArn: string}>('ListStreams', {Limit: 1});
    expect(page.LastEvaluatedStreamArn).toBe(first);
    expect(
      await streams('ListStreams', {Limit: 1, ExclusiveStartStreamArn: page.LastEvaluatedStreamArn}),
    ).toMatchObject({Streams: [{StreamArn: second, TableName: 'orders'}]});
  });

  it.each([
    [{StreamViewType: 'KEYS_ONLY'}, 'streamEnabled'],
    [{StreamEnabled: true}, 'StreamViewType must be given'],
    [{StreamEnabled: true, StreamViewType: 'ALL'}, 'streamViewType'],
    [{StreamEnabled: false}, 'no stream to disable'],
    [{StreamEnabled: false, StreamViewType: 'KEYS_ONLY'}, 'may not be given'],
  ])('refuses %j', async (StreamSpecification, words) => {
    await expect(orders.call('UpdateTable', {StreamSpecification})).rejects.toThrow(words);
  });

  it('refuses a second stream', async () => {
    await enable();
    await expect(enable()).rejects.toThrow('Table already has an enabled stream');
  });
});

describe('permissions', () => {
  const asked = (operation: string, input: object) => {
    const service = orders.bench.services.get('dynamodbstreams')!;
    return service.operations
      .find(({name}) => name === operation)!
      .permissions(input, orders.bench.context(), service.store);
  };

  it('are asked for on the stream, by its place in an iterator too', async () => {
    const resource = await enable();
    const ShardIterator = await iterator(resource);
    expect(asked('GetRecords', {ShardIterator})).toEqual([{action: 'dynamodb:GetRecords', resource}]);
    expect(asked('DescribeStream', {StreamArn: resource})).toEqual([{action: 'dynamodb:DescribeStream', resource}]);
  });

  it('to list the streams of a table are those on its stream', async () => {
    const resource = await enable();
    expect(asked('ListStreams', {TableName: 'orders'})).toEqual([{action: 'dynamodb:ListStreams', resource}]);
    expect(asked('ListStreams', {})).toEqual([{action: 'dynamodb:ListStreams', resource: '*'}]);
  });
});
