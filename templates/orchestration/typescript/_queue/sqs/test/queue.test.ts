import {readFileSync} from 'node:fs';
import type {SQSRecord} from 'aws-lambda';
import {describe, expect, it} from 'vitest';
import {backOff, hiddenFor} from '../src/functions/process/back-off.ts';
import {InOtherHands} from '../src/functions/process/process-request.ts';
import {type Quarantine, quarantineMessage} from '../src/functions/quarantine/quarantine-message.ts';
import type {QuarantineRecord} from '../src/lib/quarantine.ts';
import {readMessage, toMessage} from '../src/lib/queue-message.ts';
import type {QueuedRequest} from '../src/lib/request-row.ts';
import {silent} from './requests.ts';

const request: QueuedRequest = {
  requestId: 'r1',
  correlationId: 'c1',
  expiresAt: 1,
  envelope: {dataKey: 'k', iv: 'i', tag: 't', ciphertext: 'c'},
};

describe('a message', () => {
  it('gives back the request that was put into it', () => {
    expect(readMessage({body: toMessage(request).MessageBody})).toEqual(request);
  });

  it.each(['hello', '{}', 'null', '{"requestId": 1}'])('that is no request is unreadable: %s', body => {
    expect(() => readMessage({body})).toThrow('The message is not a request');
  });
});

it.each([
  [1, 2],
  [2, 4],
  [4, 16],
  [20, 900],
])('waits after receive %i for at most %i seconds', (receives, seconds) => {
  expect(backOff(receives, 2, () => 0)).toBe(seconds);
  expect(backOff(receives, 2, () => 1)).toBe(seconds / 2);
});

it('waits until the claim of another invocation is over, however often the message came', () => {
  for (const receives of [1, 5]) expect(hiddenFor(new InOtherHands('r1', 115), receives, 2, 100.5)).toBe(15);
  expect(hiddenFor(new InOtherHands('r1', 100), 1, 2, 101)).toBe(1);
  expect(hiddenFor(new Error('down'), 1, 2)).toBe(2);
});

describe('quarantine', () => {
  const cause = {name: 'Unavailable', message: 'down'};
  const [message] = JSON.parse(readFileSync(new URL('../events/quarantine.json', import.meta.url), 'utf8')).Records as [
    SQSRecord,
  ];

  const run = async (record: SQSRecord, row?: object) => {
    const saved: QuarantineRecord[] = [];
    const failed: string[] = [];
    await quarantineMessage(record, {
      ...silent,
      failRequest: async requestId => {
        failed.push(requestId);
        return row as Awaited<ReturnType<Quarantine['failRequest']>>;
      },
      save: async kept => void saved.push(kept),
    });
    return {saved, failed};
  };

  it('fails the request and keeps the whole message with its cause', async () => {
    const {saved, failed} = await run(message, {cause, attempts: 5});
    expect(failed).toEqual(['5f0c2f0e-6a54-4f7e-9a0b-0a4a5d2f9c11']);
    expect(saved).toMatchObject([
      {recordId: failed[0], requestId: failed[0], cause, attempts: 5, record: {body: message.body}},
    ]);
  });

  it('keeps one record of a request, however many messages there were of it', async () => {
    const again = {...message, messageId: 'another'};
    const [first, second] = await Promise.all([message, again].map(sent => run(sent, {cause, attempts: 5})));
    expect(second?.saved[0]?.recordId).toBe(first?.saved[0]?.recordId);
  });

  it('keeps nothing of a request that came to another end after all', async () => {
    expect((await run(message)).saved).toEqual([]);
  });

  it('keeps also what cannot be read', async () => {
    expect(await run({...message, body: 'hello'})).toMatchObject({
      failed: [],
      saved: [{recordId: message.messageId, cause: {name: 'Unreadable'}, record: {body: 'hello'}}],
    });
  });
});
