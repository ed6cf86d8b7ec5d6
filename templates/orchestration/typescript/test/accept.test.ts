import {readFileSync} from 'node:fs';
import {beforeEach, describe, expect, it} from 'vitest';
import {type Acceptance, acceptRequest} from '../src/functions/accept/accept-request.ts';
import type {SavedRequest} from '../src/functions/accept/save-request.ts';
import type {EncryptionContext} from '../src/lib/envelope.ts';
import type {RequestRow} from '../src/lib/request-row.ts';
import {apiEvent, order, sign, signingKey, silent} from './requests.ts';

const rows = new Map<string, RequestRow>();
const sealed: {payload: string; context: EncryptionContext}[] = [];

const acceptance: Acceptance = {
  ...silent,
  signingKey,
  audience: 'gear-service-name',
  service: 'gear-service-name',
  timeToLiveSeconds: 3600,
  async seal(payload, context) {
    sealed.push({payload, context});
    return {dataKey: 'k', iv: 'i', tag: 't', ciphertext: 'c'};
  },
  async submit(row): Promise<SavedRequest | undefined> {
    const before = rows.get(row.requestId);
    if (before === undefined) rows.set(row.requestId, row);
    return before;
  },
};
const accept = (event: Parameters<typeof apiEvent>[0]) => acceptRequest(apiEvent(event), acceptance);

beforeEach(() => {
  rows.clear();
  sealed.length = 0;
});

describe('accept', () => {
  it('saves a request, sealed under its own id, and answers at once where to ask for it', async () => {
    const event = JSON.parse(readFileSync(new URL('../events/accept.json', import.meta.url), 'utf8'));
    const answer = await accept({...event, headers: {...event.headers, authorization: sign()}});
    const [row] = [...rows.values()];
    expect(row).toMatchObject({status: 'PENDING', subject: 'client-1', correlationId: 'web-7f3a', attempts: 0});
    expect(answer).toMatchObject({
      statusCode: 202,
      headers: {location: `/requests/${row?.requestId}`, 'x-correlation-id': 'web-7f3a'},
    });
    expect(sealed).toEqual([{payload: event.body, context: {service: 'gear-service-name', requestId: row?.requestId}}]);
  });

  it.each([
    [401, 'an unsigned request', {headers: {authorization: ''}}],
    [401, 'an expired token', {headers: {authorization: sign({exp: 1})}}],
    [400, 'no body', {body: ''}],
    [400, 'a body that is not JSON', {body: '{"customer"'}],
    [400, 'a list', {body: '[]'}],
    [400, 'a missing member', {body: JSON.stringify({...order, customer: undefined})}],
    [400, 'a member too many', {body: JSON.stringify({...order, admin: true})}],
    [400, 'a wrong type', {body: JSON.stringify({...order, quantity: '2'})}],
    [400, 'a fraction', {body: JSON.stringify({...order, quantity: 1.5})}],
    [400, 'a note too long', {body: JSON.stringify({...order, note: 'x'.repeat(501)})}],
    [400, 'a broken idempotency key', {headers: {'idempotency-key': 'a b'}}],
  ])('answers %i to %s, and saves nothing', async (statusCode, _, event) => {
    expect(await accept(event as object)).toMatchObject({statusCode});
    expect([rows.size, sealed.length]).toEqual([0, 0]);
  });

  it('takes a repetition for what it is, and another payload under the same key for a conflict', async () => {
    const headers = {'idempotency-key': 'once'};
    const first = await accept({headers});
    expect(await accept({headers})).toEqual(first);
    expect(await accept({headers, body: JSON.stringify({...order, quantity: 3})})).toMatchObject({statusCode: 409});
    expect(await accept({headers: {...headers, authorization: sign({sub: 'client-2'})}})).toMatchObject({
      statusCode: 202,
    });
    expect(rows.size).toBe(2);
  });

  it('reads a body that comes in base64, and takes no strange correlation id', async () => {
    const body = Buffer.from(JSON.stringify(order)).toString('base64');
    await accept({body, isBase64Encoded: true, headers: {'x-correlation-id': 'a\nb'}});
    expect([...rows.values()]).toMatchObject([{correlationId: 'api-request'}]);
  });
});
