import {readFileSync} from 'node:fs';
import {afterAll, afterEach, beforeAll, describe, expect, it} from 'vitest';
import {context, type FakeAws, objectCreated, sqsEvent, startFakeAws} from './fake-aws.ts';

let aws: FakeAws;
let redrive: typeof import('../src/functions/redrive/handler.ts');

beforeAll(async () => {
  aws = await startFakeAws();
  redrive = await import('../src/functions/redrive/handler.ts');
});
afterEach(() => aws.reset());
afterAll(() => aws.close());

const deadLetter = (body: string, attributes: Record<string, string>) =>
  sqsEvent({
    body,
    messageAttributes: Object.fromEntries(
      Object.entries(attributes).map(([name, stringValue]) => [name, {stringValue, dataType: 'String'}]),
    ),
  });
const broken = objectCreated('incoming/broken.json', '0A');
const failureRow = () => aws.rows.get(`objects s3://inbox/incoming/broken.json failure#${'0A'.padEnd(32, '0')}`);
const done = {batchItemFailures: []};

describe('redrive', () => {
  it('records what never passes, with its cause and where the payload is', async () => {
    const event = JSON.parse(readFileSync(new URL('../events/redrive.json', import.meta.url), 'utf8'));
    expect(await redrive.handler(event, context)).toEqual(done);
    expect([...aws.rows.values()]).toMatchObject([
      {
        record: 'failure#0065F1A2B3C4D5E6F800000000000000',
        payload: {bucket: 'gear-service-name-in-000000000000-us-east-1', key: 'incoming/broken.json'},
        cause: {kind: 'permanent', name: 'Malformed', message: expect.stringContaining('ends in the middle')},
        attempts: 0,
        firstFailedAt: '2026-11-21T09:30:01.000Z',
      },
    ]);
    expect(aws.sent).toEqual([]);
  });

  it('sends back what may still pass, after a delay and with the attempt counted', async () => {
    expect(await redrive.handler(deadLetter(broken, {FailureKind: 'transient', Attempts: '1'}), context)).toEqual(done);
    const [sent] = aws.sent;
    expect(sent?.QueueUrl).toMatch(/ingest$/);
    expect(sent?.MessageBody).toBe(broken);
    expect(sent?.MessageAttributes.Attempts?.StringValue).toBe('2');
    expect(sent?.MessageAttributes).not.toHaveProperty('FailureKind');
    expect(sent?.DelaySeconds).toBeGreaterThanOrEqual(8);
    expect(sent?.DelaySeconds).toBeLessThanOrEqual(15);
    expect(aws.rows.size).toBe(0);
  });

  it('sends back what SQS moved without a cause', async () => {
    await redrive.handler(deadLetter(broken, {}), context);
    expect(aws.sent[0]?.MessageAttributes).toMatchObject({
      Attempts: {StringValue: '1'},
      FirstFailedAt: {StringValue: '2026-11-21T09:30:00.000Z'},
    });
  });

  it('gives up after the last attempt and records the last cause', async () => {
    const letter = deadLetter(broken, {Attempts: '3', FailureKind: 'transient', FailureName: 'NotReady'});
    expect(await redrive.handler(letter, context)).toEqual(done);
    expect(aws.sent).toEqual([]);
    expect(failureRow()).toMatchObject({attempts: 3, cause: {kind: 'transient', name: 'NotReady'}});
  });

  it('writes one record when the message comes twice', async () => {
    const letter = deadLetter(broken, {FailureKind: 'permanent', FailureName: 'Malformed'});
    await redrive.handler(letter, context);
    expect(await redrive.handler(letter, context)).toEqual(done);
    expect(aws.rows.size).toBe(1);
  });

  it('leaves what names no object for the parking queue', async () => {
    expect(await redrive.handler(deadLetter('hello', {FailureKind: 'permanent'}), context)).toEqual({
      batchItemFailures: [{itemIdentifier: 'message-0'}],
    });
  });

  it('keeps the message when it may not write the record', async () => {
    aws.denied.add('dynamodb:PutItem');
    expect(await redrive.handler(deadLetter(broken, {FailureKind: 'permanent'}), context)).toEqual({
      batchItemFailures: [{itemIdentifier: 'message-0'}],
    });
  });
});
