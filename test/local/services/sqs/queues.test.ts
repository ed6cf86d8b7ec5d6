import {globSync} from 'node:fs';
import {basename, join} from 'node:path';
import {expect, test} from 'vitest';
import {operations} from '../../../../src/local/services/sqs/operations/index.ts';
import type {SqsStore} from '../../../../src/local/services/sqs/store.ts';
import {arn, openSqs} from './sqs-bench.ts';

const policy = (statement: object) => JSON.stringify({Version: '2012-10-17', Statement: [statement]});

test("a queue shows AWS's defaults", async () => {
  const sqs = openSqs();
  const url = await sqs.queue('orders');
  expect(url).toBe('http://127.0.0.1:4566/000000000000/orders');
  expect(await sqs.attributes(url)).toEqual({
    QueueArn: arn('orders'),
    ApproximateNumberOfMessages: '0',
    ApproximateNumberOfMessagesNotVisible: '0',
    ApproximateNumberOfMessagesDelayed: '0',
    CreatedTimestamp: '1767225600',
    LastModifiedTimestamp: '1767225600',
    DelaySeconds: '0',
    MaximumMessageSize: '1048576',
    MessageRetentionPeriod: '345600',
    ReceiveMessageWaitTimeSeconds: '0',
    VisibilityTimeout: '30',
    SqsManagedSseEnabled: 'true',
  });
});

test('creating a queue again is the same queue, unless an attribute differs', async () => {
  const sqs = openSqs();
  const url = await sqs.queue('orders', {VisibilityTimeout: '30'});
  expect(await sqs.queue('orders')).toBe(url);
  await expect(sqs.queue('orders', {VisibilityTimeout: '31'})).rejects.toMatchObject({
    code: 'QueueNameExists',
    message: 'A queue already exists with the same name and a different value for attribute VisibilityTimeout',
  });
});

test.each([
  ['VisibilityTimeout', '43201', 'InvalidAttributeValue'],
  ['MessageRetentionPeriod', 'long', 'InvalidAttributeValue'],
  ['Policy', '{', 'InvalidAttributeValue'],
  ['Policy', '[]', 'InvalidAttributeValue'],
  ['Policy', '{"Version":"2012-10-17","Statement":"Allow"}', 'InvalidAttributeValue'],
  ['Policy', policy({Effect: 'Perhaps', Principal: '*', Action: 'sqs:*', Resource: '*'}), 'InvalidAttributeValue'],
  ['Policy', policy({Effect: 'Allow', Action: 'sqs:*', Resource: '*'}), 'InvalidAttributeValue'],
  ['KmsMasterKeyId', 'alias/aws/sqs', 'NotImplemented'],
  ['FifoQueue', 'true', 'InvalidParameterValue'],
  ['DeduplicationScope', 'queue', 'InvalidAttributeName'],
  ['QueueArn', 'arn', 'InvalidAttributeName'],
  ['Colour', 'red', 'InvalidAttributeName'],
  ['toString', 'red', 'InvalidAttributeName'],
  ['RedrivePolicy', '{"maxReceiveCount":3}', 'InvalidParameterValue'],
  ['RedrivePolicy', JSON.stringify({deadLetterTargetArn: arn('none'), maxReceiveCount: 3}), 'InvalidParameterValue'],
])('the attribute %s with the value %s is refused', async (name, value, code) => {
  const sqs = openSqs();
  await expect(sqs.queue('orders', {[name]: value})).rejects.toMatchObject({code});
});

test('a queue and its settings survive a restart; a deleted queue takes its messages along', async () => {
  const sqs = openSqs();
  const url = await sqs.queue('orders');
  await sqs.call('SetQueueAttributes', {QueueUrl: url, Attributes: {VisibilityTimeout: '7'}});
  await sqs.send(url, 'order 1');
  sqs.restart();
  expect(await sqs.attributes(url)).toMatchObject({VisibilityTimeout: '7', ApproximateNumberOfMessages: '1'});
  await sqs.call('DeleteQueue', {QueueUrl: url});
  await expect(sqs.attributes(url)).rejects.toMatchObject({code: 'QueueDoesNotExist'});
  await sqs.queue('orders');
  sqs.restart();
  expect(await sqs.attributes(url)).toMatchObject({ApproximateNumberOfMessages: '0'});
});

test('queues are listed by prefix and page', async () => {
  const sqs = openSqs();
  for (const name of ['orders-c', 'orders-a', 'orders-b', 'receipts']) await sqs.queue(name);
  const first = await sqs.call('ListQueues', {QueueNamePrefix: 'orders', MaxResults: 2});
  expect(first).toMatchObject({QueueUrls: [expect.stringMatching('-a$'), expect.stringMatching('-b$')]});
  const second = await sqs.call('ListQueues', {QueueNamePrefix: 'orders', MaxResults: 2, NextToken: first.NextToken});
  expect(second).toEqual({QueueUrls: [expect.stringMatching('-c$')], NextToken: undefined});
});

test('purging empties a queue, once a minute', async () => {
  const sqs = openSqs();
  const url = await sqs.queue('orders');
  await sqs.send(url, 'order 1');
  await sqs.call('PurgeQueue', {QueueUrl: url});
  expect(await sqs.receive(url)).toEqual([]);
  await expect(sqs.call('PurgeQueue', {QueueUrl: url})).rejects.toMatchObject({code: 'PurgeQueueInProgress'});
  await sqs.clock.advance(60_000);
  await sqs.call('PurgeQueue', {QueueUrl: url});
});

test("permissions are statements of the queue's policy, which the service shows to access", async () => {
  const sqs = openSqs();
  const url = await sqs.queue('orders');
  const grant = {QueueUrl: url, Label: 'partner', AWSAccountIds: ['111111111111'], Actions: ['SendMessage']};
  await sqs.call('AddPermission', grant);
  expect(sqs.bench.services.get('sqs')!.resourcePolicy?.(arn('orders'))).toMatchObject({
    Statement: [{Sid: 'partner', Principal: {AWS: ['arn:aws:iam::111111111111:root']}, Action: ['SQS:SendMessage']}],
  });
  await sqs.call('RemovePermission', {QueueUrl: url, Label: 'partner'});
  expect(sqs.bench.services.get('sqs')!.resourcePolicy?.(arn('orders'))).toBeUndefined();
});

test('tags are kept', async () => {
  const sqs = openSqs();
  const url = await sqs.queue('orders');
  await sqs.call('TagQueue', {QueueUrl: url, Tags: {team: 'orders', stage: 'test'}});
  await sqs.call('UntagQueue', {QueueUrl: url, TagKeys: ['stage']});
  expect(await sqs.call('ListQueueTags', {QueueUrl: url})).toEqual({Tags: {team: 'orders'}});
});

test('metrics see depth and age', async () => {
  const sqs = openSqs();
  const url = await sqs.queue('orders');
  await sqs.send(url, 'order 1');
  await sqs.send(url, 'order 2', {DelaySeconds: 100});
  await sqs.clock.advance(42_000);
  const store = sqs.bench.services.get('sqs')!.store as SqsStore;
  expect(store.depth(arn('orders'))).toEqual({visible: 1, inFlight: 0, delayed: 1, oldestAgeSeconds: 42});
  expect(store.depth(arn('receipts'))).toBeUndefined();
});

test('batches take the permission of the single operation, and a move task all that it does', () => {
  const sqs = openSqs();
  const store = sqs.bench.services.get('sqs')!.store as SqsStore;
  const permissions = (name: string, input: object) =>
    operations
      .find(operation => operation.name === name)!
      .permissions(input as never, sqs.bench.context(), store)
      .map(({action, resource}) => `${action} ${resource}`);
  const QueueUrl = 'http://elsewhere:1/000000000000/orders';
  expect(permissions('SendMessageBatch', {QueueUrl, Entries: []})).toEqual([`sqs:SendMessage ${arn('orders')}`]);
  expect(permissions('ListQueues', {})).toEqual(['sqs:ListQueues *']);
  expect(permissions('StartMessageMoveTask', {SourceArn: arn('dead'), DestinationArn: arn('orders')})).toEqual([
    ...['StartMessageMoveTask', 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'].map(
      action => `sqs:${action} ${arn('dead')}`,
    ),
    `sqs:SendMessage ${arn('orders')}`,
  ]);
});

test('every operation on disk is listed', () => {
  const folder = join(import.meta.dirname, '../../../../src/local/services/sqs/operations');
  const files = globSync('*.ts', {cwd: folder}).filter(file => basename(file) !== 'index.ts');
  expect(operations).toHaveLength(files.length);
  expect(operations).toHaveLength(23);
});
