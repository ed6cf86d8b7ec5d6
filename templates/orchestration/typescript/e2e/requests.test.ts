import {createHmac} from 'node:crypto';
import type {AddressInfo} from 'node:net';
import {DynamoDBClient} from '@aws-sdk/client-dynamodb';
import {GetSecretValueCommand, SecretsManagerClient} from '@aws-sdk/client-secrets-manager';
import {DynamoDBDocumentClient, ScanCommand} from '@aws-sdk/lib-dynamodb';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {createLegacySystem} from '../legacy/system.ts';
import {deployLocally, type LocalService} from './local-service.ts';

const legacy = createLegacySystem();
let service: LocalService;
let token: string;

beforeAll(async () => {
  await new Promise<void>(resolve => legacy.listen(0, '127.0.0.1', resolve));
  service = await deployLocally({LegacyUrl: `http://127.0.0.1:${(legacy.address() as AddressInfo).port}`});
  const key = new GetSecretValueCommand({SecretId: service.output('SigningKeyArn')});
  token = signed((await new SecretsManagerClient(service.aws).send(key)).SecretString ?? '');
});
afterAll(async () => {
  await service?.remove();
  legacy.close();
});

it('lets in nobody without a token of its own', async () => {
  // The first request of all starts the function.
  const answer = await service.until(
    () => post('', signed('another key')),
    ({status}) => status < 500,
  );
  expect(answer.status).toBe(401);
});

it('accepts a request, and tells in the end what the legacy system answered', async () => {
  expect(await ended(await accepted(), 'DONE')).toMatchObject({attempts: 1, result: {reference: expect.any(String)}});
});

it('fails at once what the legacy system refuses', async () => {
  expect(await ended(await accepted('reject'), 'FAILED')).toMatchObject({attempts: 1, cause: {name: 'Rejected'}});
});

it('tries again what may still pass', async () => {
  expect(await ended(await accepted('twice'), 'DONE')).toMatchObject({result: {reference: expect.any(String)}});
});

it('puts aside what never goes through, with its cause and the whole record', async () => {
  const requestId = await accepted('down');
  expect(await ended(requestId, 'FAILED')).toMatchObject({cause: {name: 'Unavailable'}});
  const table = DynamoDBDocumentClient.from(new DynamoDBClient(service.aws));
  const records = {TableName: service.output('QuarantineTableName'), ConsistentRead: true};
  const kept = await service.until(
    async () => (await table.send(new ScanCommand(records))).Items ?? [],
    items => items.length > 0,
  );
  expect(kept).toMatchObject([{requestId, cause: {name: 'Unavailable'}, record: expect.anything()}]);
});

it('needs every permission that its roles grant, and no other', async () => {
  expect(await service.permissions()).toEqual({denied: [], unused: []});
});

function post(note: string, bearer = token) {
  return fetch(`${service.output('ApiUrl')}/requests`, {
    method: 'POST',
    headers: {authorization: `Bearer ${bearer}`},
    body: JSON.stringify({customer: 'ACME-1', product: 'sim-card', quantity: 2, ...(note === '' ? {} : {note})}),
  });
}

/** The id of a request about which the legacy system finds `note`. */
async function accepted(note = ''): Promise<string> {
  const response = await post(note);
  expect(response.status).toBe(202);
  return ((await response.json()) as {requestId: string}).requestId;
}

/** What the request's state tells, once it has the status. */
function ended(requestId: string, wanted: string) {
  return service.until(
    async () => {
      const headers = {authorization: `Bearer ${token}`};
      const response = await fetch(`${service.output('ApiUrl')}/requests/${requestId}`, {headers});
      const state = (await response.json()) as {status?: string};
      // Between two attempts it waits; those who look on do not.
      if (state.status !== wanted) await service.forward('+2s');
      return state;
    },
    ({status}) => status === wanted,
  );
}

/** A token that is good for an hour, when the key is the service's. */
function signed(key: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = {sub: 'client-1', aud: 'gear-service-name', exp: Date.now() / 1000 + 3600};
  const text = `${part({alg: 'HS256', typ: 'JWT'})}.${part(claims)}`;
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
}
