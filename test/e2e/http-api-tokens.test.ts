import type {KeyObject} from 'node:crypto';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {findPython} from '../../src/local/lambda/find-python.ts';
import {otherKey, startIssuer, type TokenIssuer} from '../local/execute-api/token-issuer.ts';
import {type Language, ServiceUnderTest} from './service.ts';

const python = await findPython(13, process);
const languages: readonly Language[] = python?.sdk === undefined ? ['typescript'] : ['typescript', 'python'];

describe.each(languages)('the http-api service in %s, with an issuer of tokens', language => {
  const service = new ServiceUnderTest(language, {template: 'http-api'});
  let issuer: TokenIssuer;
  beforeAll(async () => {
    issuer = await startIssuer();
    await service.create();
    await service.deploy(`TokenIssuer=${issuer.url}`);
  });
  afterAll(async () => {
    issuer.server.close();
    await service.remove();
  });

  const ask = async (method: string, headers: Record<string, string> = {}) => {
    const body = method === 'PUT' ? {body: JSON.stringify({customer: 'Ada', lines: [{sku: 'tea', quantity: 2}]})} : {};
    return fetch(`${service.outputs.ApiUrl}/orders/order-17`, {method, headers, ...body});
  };
  const bearer = (claims: object, key?: KeyObject) => ({authorization: `Bearer ${issuer.token(claims, key)}`});

  test('answers who has a token of that issuer', async () => {
    const good = bearer({sub: 'ada', aud: 'orders'});
    expect((await ask('PUT', good)).status).toBe(201);
    expect((await ask('GET', good)).status).toBe(200);
  });

  test.each<[string, () => Record<string, string>]>([
    ['no token', () => ({})],
    ['an expired token', () => bearer({aud: 'orders', exp: 1000})],
    ['a token for another service', () => bearer({aud: 'invoices'})],
    ['a forged token', () => bearer({aud: 'orders'}, otherKey)],
  ])('turns away %s, before the function is called', async (_, headers) => {
    for (const method of ['PUT', 'GET']) {
      const response = await ask(method, headers());
      expect({status: response.status, body: await response.json()}).toEqual({
        status: 401,
        body: {message: 'Unauthorized'},
      });
      expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
      // The function gives one to every answer.
      expect(response.headers.get('x-correlation-id')).toBeNull();
    }
  });
});
