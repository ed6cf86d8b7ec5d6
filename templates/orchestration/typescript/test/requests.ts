import {createHmac} from 'node:crypto';
import {Logger} from '@aws-lambda-powertools/logger';
import {Metrics} from '@aws-lambda-powertools/metrics';
import type {APIGatewayProxyEventV2} from 'aws-lambda';
import type {Secret} from '../src/lib/secret.ts';

export const signingKey: Secret = {value: async () => 'the key', forget: () => undefined};
export const silent = {
  logger: new Logger({serviceName: 'gear-service-name', logLevel: 'SILENT'}),
  metrics: new Metrics({namespace: 'gear-service-name', serviceName: 'gear-service-name'}),
};

export function sign(claims: object = {}, {alg = 'HS256', key = 'the key'} = {}): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const all = {sub: 'client-1', aud: 'gear-service-name', exp: Date.now() / 1000 + 60, ...claims};
  const signed = `${part({alg})}.${part(all)}`;
  return `Bearer ${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}

export const order = {customer: 'ACME-1', product: 'sim-card', quantity: 2};

/** What the HTTP API gives to Lambda, as far as the handlers look at it. */
export function apiEvent(event: Partial<APIGatewayProxyEventV2>): APIGatewayProxyEventV2 {
  return {
    version: '2.0',
    routeKey: 'POST /requests',
    rawPath: '/requests',
    rawQueryString: '',
    isBase64Encoded: false,
    body: JSON.stringify(order),
    ...event,
    headers: {authorization: sign(), ...event.headers},
    requestContext: {requestId: 'api-request'} as APIGatewayProxyEventV2['requestContext'],
  };
}
