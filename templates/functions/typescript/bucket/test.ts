import {readFileSync} from 'node:fs';
import {Readable} from 'node:stream';
import {S3Client} from '@aws-sdk/client-s3';
import type {SQSEvent} from 'aws-lambda';
import {afterEach, expect, it, vi} from 'vitest';
import {handler} from '../src/functions/gear-name/handler.ts';

const event: SQSEvent = JSON.parse(readFileSync(new URL('../events/gear-name.json', import.meta.url), 'utf8'));
const [record] = event.Records;
const send = vi.spyOn(S3Client.prototype, 'send');

afterEach(() => {
  send.mockReset();
});

it('reads the object that arrived', async () => {
  send.mockImplementation(async () => ({Body: Readable.from([Buffer.from('a,b\n')])}));
  expect(await handler(event)).toEqual({batchItemFailures: []});
  expect(send.mock.calls[0]?.[0].input).toEqual({Bucket: 'gear-name-inbox', Key: 'march orders.csv'});
});

it('leaves in the queue what cannot be read', async () => {
  send.mockImplementation(async () => {
    throw new Error('AccessDenied');
  });
  expect(await handler(event)).toEqual({batchItemFailures: [{itemIdentifier: record!.messageId}]});
});

it('takes the test event of S3 for what it is', async () => {
  expect(await handler({Records: [{...record!, body: '{"Event":"s3:TestEvent"}'}]})).toEqual({batchItemFailures: []});
  expect(send).not.toHaveBeenCalled();
});
