import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient} from '@aws-sdk/client-sqs';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {type LocalCloud, startLocalCloud} from '../../src/local/cloud.ts';
import {askCloud, askTime, moveTime} from '../../src/local/control-client.ts';

let folder: string;
let cloud: LocalCloud;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gear-time-'));
  cloud = await startLocalCloud({folder});
});
afterAll(async () => {
  await cloud.close();
  rmSync(folder, {recursive: true, force: true});
});

test('a message comes back when the time is put forward, signatures go on by the machine, a restart stays ahead', async () => {
  const sqs = () =>
    new SQSClient({endpoint: cloud.endpoint, region: cloud.region, credentials: cloud.credentials, maxAttempts: 1});
  const {QueueUrl} = await sqs().send(new CreateQueueCommand({QueueName: 'orders'}));
  await sqs().send(new SendMessageCommand({QueueUrl, MessageBody: 'order 7'}));
  const receive = async () => {
    const QueueName = QueueUrl!.slice(QueueUrl!.lastIndexOf('/') + 1);
    const here = `${cloud.endpoint}/${cloud.account}/${QueueName}`;
    return (await sqs().send(new ReceiveMessageCommand({QueueUrl: here, VisibilityTimeout: 3600}))).Messages ?? [];
  };
  expect(await receive()).toHaveLength(1);
  expect(await receive()).toHaveLength(0);
  const before = await askTime(cloud.connection);
  expect(before.ahead).toBe(0);
  const after = await moveTime(cloud.connection, 3_601_000);
  expect(after.ahead).toBe(3_601_000);
  expect(Date.parse(after.now) - Date.parse(before.now)).toBeGreaterThanOrEqual(3_601_000);
  expect(await receive()).toHaveLength(1);
  await cloud.close();
  cloud = await startLocalCloud({folder});
  expect(cloud.health().time.ahead).toBe(3_601_000);
  expect(await receive()).toHaveLength(0);
});

test.each(['time?forward=-5', 'time?forward=soon', 'time'])('POST %s is refused', async path => {
  await expect(askCloud(cloud.connection, 'POST', path)).rejects.toThrow('answered 400');
});
