import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {afterAll, afterEach, beforeAll, describe, expect, it} from 'vitest';
import {context, type FakeAws, objectCreated, received, sqsEvent, startFakeAws} from './fake-aws.ts';

let aws: FakeAws;
let ingest: typeof import('../src/functions/ingest/handler.ts');

beforeAll(async () => {
  aws = await startFakeAws();
  ingest = await import('../src/functions/ingest/handler.ts');
});
afterEach(() => aws.reset());
afterAll(() => aws.close());

const deliver = (...bodies: string[]) => ingest.handler(sqsEvent(...bodies.map(body => ({body}))), context);
const put = (key: string, body: string) => aws.objects.set(key, {body: Buffer.from(body)});
const row = (key: string) => aws.rows.get(`objects s3://inbox/${key} metadata`);
const done = {batchItemFailures: []};

describe('ingest', () => {
  it('makes a row of an object', async () => {
    put('incoming/orders.json', '{"id": 7, "lines": []}');
    expect(await deliver(objectCreated('incoming/orders.json'))).toEqual(done);
    expect(row('incoming/orders.json')).toMatchObject({
      contentType: 'application/json',
      size: 22,
      sha256: createHash('sha256').update('{"id": 7, "lines": []}').digest('hex'),
      details: {topLevel: 'object', keyCount: 2, keys: ['id', 'lines']},
    });
    expect(aws.sent).toEqual([]);
  });

  it('reads the event in events/ingest.json', async () => {
    put('incoming/march orders.csv', 'id,total\n1,10\n');
    const event = JSON.parse(readFileSync(new URL('../events/ingest.json', import.meta.url), 'utf8'));
    expect(await ingest.handler(event, context)).toEqual(done);
    const [metadata] = [...aws.rows.values()].filter(({record}) => record === 'metadata');
    expect(metadata).toMatchObject({key: 'incoming/march orders.csv', details: {columns: ['id', 'total'], rows: 1}});
  });

  it('reads an object once when its notification comes twice', async () => {
    put('incoming/a.txt', 'one\n');
    await deliver(objectCreated('incoming/a.txt'));
    await deliver(objectCreated('incoming/a.txt'));
    expect(aws.calls.filter(call => call.startsWith('s3:GetObject'))).toHaveLength(1);
  });

  it('keeps the newer version when notifications come in the wrong order', async () => {
    put('incoming/a.txt', 'new\n');
    await deliver(objectCreated('incoming/a.txt', '0B'));
    put('incoming/a.txt', 'old, and longer\n');
    expect(await deliver(objectCreated('incoming/a.txt', '0A1'))).toEqual(done);
    expect(row('incoming/a.txt')).toMatchObject({size: 4, sequencer: '0B'.padEnd(32, '0')});
  });

  it('replaces the row when a newer version comes', async () => {
    put('incoming/a.txt', 'old, and longer\n');
    await deliver(objectCreated('incoming/a.txt', '0A1'));
    put('incoming/a.txt', 'new\n');
    await deliver(objectCreated('incoming/a.txt', '0B'));
    expect(row('incoming/a.txt')).toMatchObject({size: 4});
  });

  it('leaves the second of two equal notifications in the queue while the first is at work', async () => {
    put('incoming/a.txt', 'one\n');
    expect(await deliver(objectCreated('incoming/a.txt'), objectCreated('incoming/a.txt'))).toEqual({
      batchItemFailures: [{itemIdentifier: expect.stringMatching(/^message-[01]$/)}],
    });
    expect(row('incoming/a.txt')).toBeDefined();
    expect(aws.sent).toEqual([]);
  });

  it('hands a malformed object over with its cause, and the others of the batch are rows', async () => {
    put('incoming/good.json', '[1, 2]');
    put('incoming/broken.json', '{"id": 7, "lines"');
    expect(await deliver(objectCreated('incoming/broken.json'), objectCreated('incoming/good.json'))).toEqual(done);
    expect(row('incoming/good.json')).toMatchObject({details: {topLevel: 'array', length: 2}});
    expect(row('incoming/broken.json')).toBeUndefined();
    expect(aws.sent).toHaveLength(1);
    expect(aws.sent[0]?.QueueUrl).toMatch(/dead-letters$/);
    expect(attributes()).toMatchObject({
      Attempts: '0',
      FailureKind: 'permanent',
      FailureName: 'Malformed',
      FailureMessage: 'The JSON document ends in the middle, after 17 characters',
    });
  });

  it('forgets an object that failed, so that it can be tried again', async () => {
    await deliver(objectCreated('incoming/late.txt'));
    expect(attributes()).toMatchObject({
      FailureKind: 'transient',
      FailureName: 'NotReady',
      FailureMessage: expect.stringContaining('(AccessDenied: not authorized to perform: s3:GetObject)'),
    });
    put('incoming/late.txt', 'here\n');
    await ingest.handler(sqsEvent(received(aws.sent[0]!)), context);
    expect(row('incoming/late.txt')).toMatchObject({details: {lines: 1}});
  });

  it('waits for the parts of a manifest', async () => {
    put('incoming/march.manifest.json', '{"parts": ["march.csv"]}');
    await deliver(objectCreated('incoming/march.manifest.json'));
    expect(attributes()).toMatchObject({
      FailureName: 'NotReady',
      FailureMessage: 's3://inbox/incoming/march.csv is missing, or ingest may not read it (HTTP 403)',
    });
    put('incoming/march.csv', 'id\n1\n');
    await deliver(objectCreated('incoming/march.manifest.json'));
    expect(row('incoming/march.manifest.json')).toMatchObject({
      contentType: 'application/json',
      details: {parts: ['march.csv']},
    });
  });

  it('names the call that was denied', async () => {
    put('incoming/a.txt', 'one\n');
    aws.denied.add('dynamodb:PutItem');
    expect(await deliver(objectCreated('incoming/a.txt'))).toEqual(done);
    expect(attributes()).toMatchObject({
      FailureKind: 'transient',
      FailureName: 'AccessDeniedException',
      FailureMessage: expect.stringContaining('not authorized to perform: dynamodb:PutItem'),
    });
  });

  it('leaves in the queue what it cannot hand over, and only that', async () => {
    put('incoming/good.txt', 'one\n');
    put('incoming/broken.png', 'not an image');
    aws.denied.add('sqs:SendMessage');
    expect(await deliver(objectCreated('incoming/broken.png'), objectCreated('incoming/good.txt'))).toEqual({
      batchItemFailures: [{itemIdentifier: 'message-0'}],
    });
    expect(row('incoming/good.txt')).toBeDefined();
  });

  it('hands over a message that is no notification', async () => {
    expect(await deliver('hello')).toEqual(done);
    expect(attributes()).toMatchObject({FailureKind: 'permanent'});
    expect(aws.sent[0]?.MessageBody).toBe('hello');
  });

  it('takes the test event that S3 sends for nothing', async () => {
    expect(await deliver('{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"inbox"}')).toEqual(done);
    expect(aws.calls).toEqual([]);
  });
});

function attributes(): Record<string, string> {
  const {MessageAttributes = {}} = aws.sent.at(-1) ?? {};
  return Object.fromEntries(Object.entries(MessageAttributes).map(([name, {StringValue}]) => [name, StringValue]));
}
