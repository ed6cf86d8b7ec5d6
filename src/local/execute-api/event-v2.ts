import type {ApiRequest} from '../http-api.ts';
import {bodyOf} from './event-body.ts';
import {lowerCaseHeaders} from './event-headers.ts';
import {clfTime} from './event-time.ts';
import type {Authorization, Exchange} from './exchange.ts';

export interface EventPlace {
  readonly account: string;
  /** `a1b2c3d4e5.execute-api.localhost:4566`. */
  readonly domainName: string;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
export function eventV2(exchange: Exchange, place: EventPlace) {
  const {request, authorization} = exchange;
  return {
    version: '2.0',
    routeKey: exchange.route!.routeKey,
    ...requestPartV2(exchange),
    requestContext: {
      ...contextV2(exchange, place),
      ...(authorization !== undefined && {authorizer: authorizerV2(authorization)}),
    },
    ...bodyOf(request, exchange.body),
  };
}

/** What events of integrations and of authorizers have in common. */
export function requestPartV2({request, target, stage, pathParameters = {}}: Exchange) {
  const {cookies, headers} = cookiesApart(request);
  const query: Record<string, string> = {};
  for (const [name, value] of target.query) query[name] = name in query ? `${query[name]},${value}` : value;
  return {
    rawPath: target.rawPath,
    rawQueryString: target.queryString,
    ...(cookies.length > 0 && {cookies}),
    headers,
    ...(target.query.length > 0 && {queryStringParameters: query}),
    ...(Object.keys(pathParameters).length > 0 && {pathParameters}),
    ...(Object.keys(stage.stageVariables).length > 0 && {stageVariables: stage.stageVariables}),
  };
}

export function contextV2({request, stage, target, route, time}: Exchange, {account, domainName}: EventPlace) {
  return {
    accountId: account,
    apiId: request.apiId,
    domainName,
    domainPrefix: request.apiId,
    http: {
      method: request.method,
      path: target.rawPath,
      protocol: 'HTTP/1.1',
      sourceIp: request.sourceIp,
      userAgent: request.headers['user-agent'] ?? '',
    },
    requestId: request.id,
    routeKey: route!.routeKey,
    stage: stage.stageName,
    time: clfTime(time),
    timeEpoch: time,
  };
}

function cookiesApart(request: ApiRequest): {readonly cookies: readonly string[]; readonly headers: object} {
  const {cookie, ...headers} = lowerCaseHeaders(request);
  return {cookies: cookie === undefined ? [] : cookie.split(/;\s*/).filter(part => part !== ''), headers};
}

function authorizerV2(authorization: Authorization): object {
  if (authorization.kind === 'lambda') return {lambda: authorization.context ?? null};
  const {claims, scopes} = authorization;
  return {
    jwt: {claims: Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, claimText(value)])), scopes},
  };
}

/** Claims come as text: a list as `[a b]`. */
export function claimText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(claimText).join(' ')}]`;
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}
