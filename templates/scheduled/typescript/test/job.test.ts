import {readFileSync} from 'node:fs';
import {afterAll, afterEach, expect, it} from 'vitest';
import {context, startFakeDynamoDb} from './fake-dynamodb.ts';

const dynamodb = await startFakeDynamoDb();
// After the environment is there.
const {handler} = await import('../src/functions/job/handler.ts');
const event = JSON.parse(readFileSync(new URL('../events/job.json', import.meta.url), 'utf8'));

afterEach(() => dynamodb.reset());
afterAll(() => dynamodb.close());

const runAt = (scheduledTime: string) => handler({...event, scheduledTime}, context);
const lastRun = () => dynamodb.rows.get('last-run');

it('covers an hour the first time, and remembers the run', async () => {
  await handler(event, context);
  expect(lastRun()).toMatchObject({
    from: {S: '2026-11-21T09:00:00.000Z'},
    scheduledTime: {S: '2026-11-21T10:00:00.000Z'},
    correlationId: {S: 'd32c5kddcf5bb8c3'},
    result: {M: {minutes: {N: '60'}}},
  });
});

it('begins where the last run ended, also when runs between were lost', async () => {
  await handler(event, context);
  await runAt('2026-11-21T13:00:00Z');
  expect(lastRun()).toMatchObject({from: {S: '2026-11-21T10:00:00.000Z'}, result: {M: {minutes: {N: '180'}}}});
});

it('skips a run whose time is covered', async () => {
  await handler(event, context);
  const before = lastRun();
  await runAt('2026-11-21T10:00:00Z');
  await runAt('2026-11-21T09:00:00Z');
  expect(lastRun()).toBe(before);
});

it.each([undefined, 'soon'])(
  'throws on an event with the time %s, so that it is tried again and reported',
  async scheduledTime => {
    await expect(handler({...event, scheduledTime}, context)).rejects.toThrow('The event has no scheduledTime');
    expect(lastRun()).toBeUndefined();
  },
);

it('throws what it is denied', async () => {
  dynamodb.denied.add('PutItem');
  await expect(handler(event, context)).rejects.toThrow('not authorized to perform: dynamodb:PutItem');
});
