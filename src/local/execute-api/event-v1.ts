import {bodyOf} from './event-body.ts';
import {lowerCaseHeaders} from './event-headers.ts';
import {clfTime} from './event-time.ts';
import {claimText, type EventPlace} from './event-v2.ts';
import type {Authorization, Exchange} from './exchange.ts';

/** The older format, which REST APIs have: what is absent is `null`, and values of one name are also told apart. */
export function eventV1(exchange: Exchange, place: EventPlace) {
  const {request, authorization} = exchange;
  const {body = null, isBase64Encoded} = bodyOf(request, exchange.body);
  return {
    version: '1.0',
    ...requestPartV1(exchange),
    requestContext: {
      ...contextV1(exchange, place),
      authorizer: authorization === undefined ? {} : authorizerV1(authorization),
    },
    body,
    isBase64Encoded,
  };
}

export function requestPartV1({request, target, stage, route, pathParameters = {}}: Exchange) {
  const headers = lowerCaseHeaders(request);
  const multiValueQuery: Record<string, readonly string[]> = {};
  for (const [name, value] of target.query) multiValueQuery[name] = [...(multiValueQuery[name] ?? []), value];
  const orNull = <T extends object>(map: T) => (Object.keys(map).length > 0 ? map : null);
  return {
    resource: resourceOf(route!.routeKey),
    path: target.rawPath,
    httpMethod: request.method,
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    queryStringParameters: orNull(
      Object.fromEntries(Object.entries(multiValueQuery).map(([name, values]) => [name, values.at(-1)!])),
    ),
    multiValueQueryStringParameters: orNull(multiValueQuery),
    pathParameters: orNull(pathParameters),
    stageVariables: orNull(stage.stageVariables),
  };
}

export function contextV1({request, stage, target, route, time}: Exchange, {account, domainName}: EventPlace) {
  const resource = resourceOf(route!.routeKey);
  return {
    accountId: account,
    apiId: request.apiId,
    domainName,
    domainPrefix: request.apiId,
    extendedRequestId: request.id,
    httpMethod: request.method,
    identity: {sourceIp: request.sourceIp, userAgent: request.headers['user-agent'] ?? ''},
    path: target.rawPath,
    protocol: 'HTTP/1.1',
    requestId: request.id,
    requestTime: clfTime(time),
    requestTimeEpoch: time,
    resourceId: route!.routeKey,
    resourcePath: resource,
    stage: stage.stageName,
  };
}

/** The path of a route key; `$default` has none. */
function resourceOf(routeKey: string): string {
  return routeKey.slice(routeKey.indexOf(' ') + 1);
}

function authorizerV1(authorization: Authorization): object {
  if (authorization.kind === 'jwt') {
    const claims = Object.entries(authorization.claims).map(([name, value]) => [name, claimText(value)]);
    return {claims: Object.fromEntries(claims), scopes: authorization.scopes};
  }
  const {context, principalId} = authorization;
  return {...context, ...(principalId !== undefined && {principalId})};
}
