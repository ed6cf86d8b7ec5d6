import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, describe, expect, it} from 'vitest';
import {startLocalCloud} from '../../src/local/cloud.ts';
import {type Disorder, seededDisorder} from '../../src/local/disorder.ts';
import {account, arnOf, assembledCloud} from './assembled-cloud.ts';
import {calm} from './calm.ts';
import {openRuntimeBench} from './lambda/runtime-bench.ts';

const thousand = Array.from({length: 1000}, (_, index) => index);

describe('a seed', () => {
  const drawn = (disorder: Disorder) => thousand.map(() => [disorder.repeats('a'), disorder.delay('a')]);

  it('always gives the same, another gives another', () => {
    expect(drawn(seededDisorder('7'))).toEqual(drawn(seededDisorder('7')));
    expect(drawn(seededDisorder('7'))).not.toEqual(drawn(seededDisorder('8')));
  });

  it('gives each thing a sequence of its own, whatever happens elsewhere', () => {
    const disturbed = seededDisorder('7');
    const undisturbed = seededDisorder('7');
    for (const _ of thousand) disturbed.repeats('b');
    expect(drawn(disturbed)).toEqual(drawn(undisturbed));
  });

  it('makes a small share of everything', () => {
    const disorder = seededDisorder('7');
    const share = (happens: () => boolean) => thousand.filter(happens).length / 1000;
    expect(share(() => disorder.repeats('a'))).toBeCloseTo(0.05, 1);
    expect(share(() => disorder.throttles('a', 'b'))).toBeCloseTo(0.02, 1);
    expect(share(() => disorder.delay('a') > 0)).toBeCloseTo(0.2, 1);
    expect(share(() => disorder.kill('a') !== undefined)).toBeCloseTo(0.03, 1);
  });
});

describe('under a disorder', () => {
  it('a deleted message is delivered once more, and not so often that it counts as poison', async () => {
    const cloud = assembledCloud({disorder: {...calm, repeats: () => true}});
    await cloud.queue('orders');
    const send = (MessageBody: string) =>
      cloud.call('sqs', 'SendMessage', {QueueUrl: `/${account}/orders`, MessageBody});
    await send('order 7');
    expect(await cloud.messages('orders')).toHaveLength(1);
    await cloud.clock.advance(1000);
    expect(await cloud.messages('orders')).toHaveLength(1);
    await cloud.clock.advance(60_000);
    expect(await cloud.messages('orders')).toHaveLength(0);
    await cloud.queue('dead');
    await cloud.call('sqs', 'SetQueueAttributes', {
      QueueUrl: `/${account}/orders`,
      Attributes: {RedrivePolicy: JSON.stringify({deadLetterTargetArn: arnOf('sqs', 'dead'), maxReceiveCount: 1})},
    });
    await send('order 8');
    expect(await cloud.messages('orders')).toHaveLength(1);
    await cloud.clock.advance(60_000);
    expect(await cloud.messages('orders')).toHaveLength(0);
    expect(await cloud.messages('dead')).toHaveLength(0);
  });

  it('messages of a standard queue overtake each other, those of a FIFO queue do not', async () => {
    const delays = [2000, 0, 2000, 0];
    const cloud = assembledCloud({disorder: {...calm, delay: () => delays.shift() ?? 0}});
    await cloud.queue('orders');
    await cloud.call('sqs', 'CreateQueue', {
      QueueName: 'orders.fifo',
      Attributes: {FifoQueue: 'true', ContentBasedDeduplication: 'true'},
    });
    const send = (name: string, MessageBody: string, more: object = {}) =>
      cloud.call('sqs', 'SendMessage', {QueueUrl: `/${account}/${name}`, MessageBody, ...more});
    for (const body of ['1', '2']) await send('orders', body);
    for (const body of ['1', '2']) await send('orders.fifo', body, {MessageGroupId: 'a'});
    expect((await cloud.messages('orders')).map(({Body}) => Body)).toEqual(['2']);
    expect((await cloud.messages('orders.fifo')).map(({Body}) => Body)).toEqual(['1', '2']);
    await cloud.clock.advance(2000);
    expect((await cloud.messages('orders')).map(({Body}) => Body)).toEqual(['1']);
  });

  it('a topic and a bucket tell twice', async () => {
    const cloud = assembledCloud({disorder: {...calm, repeats: target => /:(orders|objects)$/.test(target)}});
    const Endpoint = await cloud.queue('orders', 'sns.amazonaws.com');
    await cloud.call('sns', 'CreateTopic', {Name: 'placed'});
    const TopicArn = arnOf('sns', 'placed');
    await cloud.call('sns', 'Subscribe', {TopicArn, Protocol: 'sqs', Endpoint});
    await cloud.call('sns', 'Publish', {TopicArn, Message: 'order 7'});
    expect(await cloud.messages('orders')).toHaveLength(2);
    const Queue = await cloud.queue('objects', 's3.amazonaws.com');
    await cloud.call('s3', 'CreateBucket', {Bucket: 'receipts'});
    await cloud.call('s3', 'PutBucketNotificationConfiguration', {
      Bucket: 'receipts',
      NotificationConfiguration: {QueueConfiguration: [{Id: 'all', Queue, Event: ['s3:ObjectCreated:*']}]},
    });
    await expect.poll(() => cloud.messages('objects'), {interval: 5}).not.toEqual([]);
    await cloud.call('s3', 'PutObject', {Bucket: 'receipts', Key: 'a', Body: Buffer.from('{}')});
    await expect.poll(() => cloud.messages('objects'), {interval: 5}).toHaveLength(2);
  });

  it("a function's call is throttled in the words of the service, the developer's and Lambda's own are not", async () => {
    const cloud = assembledCloud({disorder: {...calm, throttles: () => true}});
    const Resource = await cloud.queue('orders');
    const role = await cloud.role('orders', {Action: ['sqs:*', 's3:*'], Resource: '*'});
    const own = {...role, functionName: 'orders'};
    const send = {QueueUrl: `/${account}/orders`, MessageBody: Resource};
    await expect(cloud.call('sqs', 'SendMessage', send, own)).rejects.toMatchObject({code: 'RequestThrottled'});
    await expect(cloud.call('s3', 'HeadBucket', {Bucket: 'a'}, own)).rejects.toMatchObject({
      code: 'SlowDown',
      status: 503,
    });
    await expect(cloud.call('sqs', 'SendMessage', send, {...own, onBehalf: 'lambda'})).resolves.toBeDefined();
    await expect(cloud.call('sqs', 'SendMessage', send)).resolves.toBeDefined();
  });
});

describe('a function', () => {
  const bench = openRuntimeBench({disorder: {...calm, kill: () => 20}});
  afterEach(() => bench.close());

  it('is killed in the middle', async () => {
    const files = {'index.mjs': 'export const handler = () => new Promise(resolve => setTimeout(resolve, 5000))'};
    const result = await bench.invoke(bench.function(files, {Timeout: 10}));
    expect(result).toMatchObject({
      functionError: 'Unhandled',
      value: {errorMessage: expect.stringContaining('signal: killed')},
    });
  });
});

it('stays on in its folder until it is put off', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gear-chaos-'));
  const chaosOf = async (chaos?: string) => {
    const cloud = await startLocalCloud({folder, chaos});
    await cloud.close();
    return cloud.health().chaos;
  };
  expect(await chaosOf()).toBeUndefined();
  expect(await chaosOf('7')).toBe('7');
  expect(await chaosOf()).toBe('7');
  expect(await chaosOf('off')).toBeUndefined();
  expect(await chaosOf()).toBeUndefined();
  rmSync(folder, {recursive: true, force: true});
});
