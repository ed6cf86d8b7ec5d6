import {expect, it} from 'vitest';
import {answerStatus} from '../src/functions/status/answer-status.ts';
import type {RequestRow} from '../src/lib/request-row.ts';
import {apiEvent, sign, signingKey, silent} from './requests.ts';

const id = 'a'.repeat(32);
const row: RequestRow = {
  requestId: id,
  status: 'PENDING',
  subject: 'client-1',
  fingerprint: 'f',
  correlationId: 'c',
  createdAt: '2026-11-21T09:30:00.000Z',
  updatedAt: '2026-11-21T09:30:00.000Z',
  expiresAt: Date.now() / 1000 + 60,
  attempts: 0,
};
const cause = {name: 'Unavailable', message: 'down'};

const ask = async (found: RequestRow | undefined, {authorization = sign(), asked = id} = {}) => {
  const read = async (requestId: string) => (requestId === id ? found : undefined);
  const event = apiEvent({headers: {authorization}, pathParameters: {id: asked}});
  const desk = {signingKey, audience: 'gear-service-name', read, ...silent};
  const {statusCode, body} = await answerStatus(event, desk);
  return {statusCode, ...JSON.parse(body ?? '')};
};

it.each([
  ['a request that waits', row, {statusCode: 200, status: 'PENDING'}],
  ['one that waited too long', {...row, expiresAt: 1}, {statusCode: 200, status: 'EXPIRED'}],
  [
    'one that is done',
    {...row, status: 'DONE', expiresAt: 1, result: {reference: 'L-1'}} as const,
    {status: 'DONE', result: {reference: 'L-1'}},
  ],
  ['one that failed', {...row, status: 'FAILED', cause} as const, {status: 'FAILED', cause}],
  ['none', undefined, {statusCode: 404}],
  ["somebody else's", {...row, subject: 'client-2'}, {statusCode: 404, error: 'NotFound'}],
])('tells of %s', async (_, found, answer) => {
  expect(await ask(found)).toMatchObject(answer);
});

it('asks who is asking, and for an id that can be one', async () => {
  expect(await ask(row, {authorization: sign({exp: 1})})).toMatchObject({statusCode: 401});
  expect(await ask(row, {asked: '../secrets'})).toMatchObject({statusCode: 404});
});

it('keeps the cause of an attempt to itself while another may follow', async () => {
  expect(await ask({...row, status: 'PROCESSING', cause})).not.toHaveProperty('cause');
});
