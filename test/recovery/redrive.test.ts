import type {SQS} from '@aws-sdk/client-sqs';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {AwsClients} from '../../src/aws/clients.ts';
import type {LocalCloud} from '../../src/local/cloud.ts';
import {type RedriveOptions, redrive} from '../../src/recovery/redrive.ts';
import {bodiesOf, depths, fail, openRecoveryCloud, queuePair} from './recovery-cloud.ts';

let cloud: LocalCloud;
let clients: AwsClients;
let sqs: SQS;
beforeAll(async () => {
  ({cloud, clients, sqs} = await openRecoveryCloud());
});
afterAll(() => cloud.close());

const options: RedriveOptions = {
  filters: [],
  dryRun: false,
  signal: new AbortController().signal,
  onProgress() {},
};
const numbered = (count: number) => Array.from({length: count}, (_, index) => `order ${index}`);

describe('a redrive', () => {
  test('moves every message back to the queue that it came from', async () => {
    const pair = await queuePair(clients, 'all');
    await fail(sqs, pair, numbered(25));
    expect(await depths(sqs, pair.dead)).toEqual([25, 0]);
    expect(await redrive(clients, pair.dead, options)).toEqual({
      moved: 25,
      skipped: 0,
      failed: 0,
      failures: {},
      interrupted: false,
    });
    expect(await depths(sqs, pair.dead)).toEqual([0, 0]);
    expect((await bodiesOf(sqs, pair.source)).sort()).toEqual(numbered(25).sort());
  });

  test('keeps the attributes of a message, text and binary, and its trace', async () => {
    const {source, dead} = await queuePair(clients, 'attributes');
    const MessageAttributes = {
      Attempts: {DataType: 'Number', StringValue: '3'},
      Signature: {DataType: 'Binary', BinaryValue: new Uint8Array([0, 255])},
    };
    const trace = 'Root=1-5759e988-bd862e3fe1be46a994272793';
    await sqs.sendMessage({
      QueueUrl: dead.url,
      MessageBody: 'handed over',
      MessageAttributes,
      MessageSystemAttributes: {AWSTraceHeader: {DataType: 'String', StringValue: trace}},
    });
    // Nothing says where it came from, but only one queue has its dead letters here.
    expect(await redrive(clients, dead, options)).toMatchObject({moved: 1});
    const {Messages = []} = await sqs.receiveMessage({
      QueueUrl: source.url,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['All'],
    });
    expect(Messages[0]).toMatchObject({Body: 'handed over', MessageAttributes, Attributes: {AWSTraceHeader: trace}});
  });

  test('leaves at once to be seen what a filter does not want', async () => {
    const pair = await queuePair(clients, 'filter');
    await fail(sqs, pair, ['{"customer":{"id":7}}', '{"customer":{"id":8}}', 'customer 7']);
    expect(await redrive(clients, pair.dead, {...options, filters: ['customer.id=7']})).toMatchObject({
      moved: 1,
      skipped: 2,
    });
    expect(await depths(sqs, pair.dead)).toEqual([2, 0]);
    expect(await bodiesOf(sqs, pair.source)).toEqual(['{"customer":{"id":7}}']);
  });

  test('stops at its limit, and keeps to its rate', async () => {
    const pair = await queuePair(clients, 'limit');
    await fail(sqs, pair, numbered(5));
    const started = Date.now();
    expect(await redrive(clients, pair.dead, {...options, limit: 3, rate: 2})).toMatchObject({moved: 3});
    // Two, one second, one, half a second.
    expect(Date.now() - started).toBeGreaterThanOrEqual(1400);
    expect(await depths(sqs, pair.dead)).toEqual([2, 0]);
  });

  test('moves nothing in a dry run, and counts the same', async () => {
    const pair = await queuePair(clients, 'dry');
    await fail(sqs, pair, numbered(12));
    expect(await redrive(clients, pair.dead, {...options, dryRun: true, filters: ['order 1']})).toMatchObject({
      moved: 3,
      skipped: 9,
    });
    expect(await depths(sqs, pair.dead)).toEqual([12, 0]);
    expect(await depths(sqs, pair.source)).toEqual([0, 0]);
  });

  test('ends also when what it moves fails again at once', async () => {
    const pair = await queuePair(clients, 'poison');
    await fail(sqs, pair, numbered(12));
    let rounds = 0;
    const again = () =>
      rounds++ > 5
        ? Promise.reject(new Error('it goes round and round'))
        : sqs.sendMessage({QueueUrl: pair.dead.url, MessageBody: 'again'});
    await expect(
      redrive(clients, pair.dead, {...options, rate: 10, onProgress: () => void again()}),
    ).resolves.toMatchObject({moved: 12});
  });

  test('keeps the order of a FIFO queue, also within five minutes of the first sending', async () => {
    const pair = await queuePair(clients, 'ordered', true);
    await fail(sqs, pair, ['first', 'second', 'third']);
    expect(await redrive(clients, pair.dead, options)).toMatchObject({moved: 3});
    expect(await bodiesOf(sqs, pair.source)).toEqual(['first', 'second', 'third']);
  });

  test('keeps a message that it does not know where to send, and says why', async () => {
    const {QueueUrl} = await sqs.createQueue({QueueName: 'destination-of-a-function'});
    await sqs.sendMessage({QueueUrl: QueueUrl!, MessageBody: 'event'});
    const queue = {name: 'destination-of-a-function', url: QueueUrl!, arn: 'arn:aws:sqs:r:a:d', fifo: false};
    const result = await redrive(clients, queue, options);
    expect(result).toMatchObject({moved: 0, failed: 1});
    expect(Object.keys(result.failures)).toEqual([expect.stringContaining('--to QUEUE says where to')]);
    expect(await depths(sqs, queue)).toEqual([1, 0]);
  });

  test('fails for what cannot be sent, and keeps it', async () => {
    const pair = await queuePair(clients, 'gone');
    await fail(sqs, pair, numbered(2));
    await sqs.deleteQueue({QueueUrl: pair.source.url});
    expect(await redrive(clients, pair.dead, options)).toMatchObject({
      moved: 0,
      failed: 2,
      failures: {'There is no queue gone': 2},
    });
    expect(await depths(sqs, pair.dead)).toEqual([2, 0]);
  });
});

describe('an interrupted redrive', () => {
  const where = async ({source, dead}: Awaited<ReturnType<typeof queuePair>>) => {
    const [back, left] = [await bodiesOf(sqs, source), await bodiesOf(sqs, dead)];
    return {back, left, all: [...new Set([...back, ...left])].sort()};
  };

  test('finishes the messages in hand, and leaves the others at once to be seen', async () => {
    const pair = await queuePair(clients, 'interrupted');
    await fail(sqs, pair, numbered(30));
    const interrupt = new AbortController();
    const result = await redrive(clients, pair.dead, {
      ...options,
      signal: interrupt.signal,
      onProgress: () => interrupt.abort(),
    });
    expect(result).toMatchObject({moved: 10, interrupted: true});
    const {back, left, all} = await where(pair);
    expect([back.length, left.length]).toEqual([10, 20]);
    expect(all).toEqual(numbered(30).sort());
  });

  test.each(['sendMessage', 'deleteMessage'] as const)(
    'has every message in one of the queues when %s fails',
    async operation => {
      const pair = await queuePair(clients, `broken-${operation}`);
      await fail(sqs, pair, numbered(20));
      let calls = 0;
      const broken = new Proxy(sqs, {
        get: (target, name) =>
          name === operation
            ? (input: never) =>
                ++calls % 3 === 0
                  ? Promise.reject(new Error('the connection broke'))
                  : (target[operation] as (input: never) => unknown)(input)
            : Reflect.get(target, name),
      });
      const result = await redrive({...clients, sqs: async () => broken}, pair.dead, options);
      expect(result).toMatchObject({moved: 14, failed: 6, failures: {'the connection broke': 6}});
      const {back, left, all} = await where(pair);
      expect(all).toEqual(numbered(20).sort());
      expect([back.length, left.length]).toEqual(operation === 'sendMessage' ? [14, 6] : [20, 6]);
    },
  );
});
