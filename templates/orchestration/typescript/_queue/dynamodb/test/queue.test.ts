import {readFileSync} from 'node:fs';
import type {DynamoDBRecord, DynamoDBStreamEvent, SQSEvent} from 'aws-lambda';
import {describe, expect, it} from 'vitest';
import {type Quarantine, quarantineFailure} from '../src/functions/quarantine/quarantine-failure.ts';
import type {QuarantineRecord} from '../src/lib/quarantine.ts';
import {readRecord} from '../src/lib/stream-record.ts';
import {silent} from './requests.ts';

const read = <T>(event: string): T =>
  JSON.parse(readFileSync(new URL(`../events/${event}.json`, import.meta.url), 'utf8'));
const [record] = read<DynamoDBStreamEvent>('process').Records as [DynamoDBRecord];
const [message] = read<SQSEvent>('quarantine').Records;
const requestId = '5f0c2f0e-6a54-4f7e-9a0b-0a4a5d2f9c11';

describe('a record', () => {
  it('of a new row is a request', () => {
    expect(readRecord(record)).toEqual({
      requestId,
      correlationId: 'web-7f3a',
      expiresAt: 1795257000,
      envelope: {dataKey: 'AQIDAHh', iv: '3q2+7w==', tag: '3q2+7w==', ciphertext: '3q2+7w=='},
    });
  });

  it.each([{}, {requestId: {S: 'r1'}}, {...record.dynamodb?.NewImage, envelope: {S: 'x'}}])(
    'of anything else is unreadable: %j',
    NewImage => {
      expect(() => readRecord({dynamodb: {NewImage}} as DynamoDBRecord)).toThrow('The record is not a request');
    },
  );
});

describe('quarantine', () => {
  const cause = {name: 'Unavailable', message: 'down'};

  const run = async (body: string, records: readonly object[], row?: object) => {
    const saved: QuarantineRecord[] = [];
    const asked: string[] = [];
    await quarantineFailure(body, {
      ...silent,
      read: async (bucket, key) => {
        asked.push(`${bucket} ${key}`);
        return JSON.stringify({version: '1.0', payload: JSON.stringify({Records: records})});
      },
      failRequest: async () => row as Awaited<ReturnType<Quarantine['failRequest']>>,
      save: async kept => void saved.push(kept),
    });
    return {saved, asked};
  };

  it('fails the request and keeps the whole record with its cause', async () => {
    const {saved, asked} = await run(message!.body, [record], {cause, attempts: 4});
    expect(asked).toEqual([
      'gear-service-name-failed-000000000000-us-east-1 aws/lambda/1d2b/shardId-000/2026-11-21T09.30.00-7f3a',
    ]);
    expect(saved).toMatchObject([{recordId: record.eventID, requestId, cause, attempts: 4, record}]);
  });

  it('keeps nothing of a request that came to another end in the same batch', async () => {
    expect((await run(message!.body, [record])).saved).toEqual([]);
  });

  it('keeps also what cannot be read', async () => {
    expect((await run(message!.body, [{eventID: 'e1', dynamodb: {}}])).saved).toMatchObject([
      {recordId: 'e1', cause: {name: 'Unreadable'}},
    ]);
  });

  it("passes over S3's test event", async () => {
    expect(await run('{"Service": "Amazon S3", "Event": "s3:TestEvent"}', [])).toEqual({saved: [], asked: []});
  });
});
