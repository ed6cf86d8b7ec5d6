import {clfTime} from './event-time.ts';
import {claimText} from './event-v2.ts';
import type {Exchange} from './exchange.ts';

/** A `$context` variable of a request, without those that only its answer has. */
export function contextValue(
  name: string,
  {request, stage, target, route, time, ...exchange}: Exchange,
): string | undefined {
  switch (name) {
    case 'apiId':
      return request.apiId;
    case 'domainPrefix':
      return request.apiId;
    case 'extendedRequestId':
    case 'requestId':
      return request.id;
    case 'httpMethod':
      return request.method;
    case 'identity.sourceIp':
      return request.sourceIp;
    case 'identity.userAgent':
      return request.headers['user-agent'];
    case 'path':
      return target.rawPath;
    case 'protocol':
      return 'HTTP/1.1';
    case 'requestTime':
      return clfTime(time);
    case 'requestTimeEpoch':
      return String(time);
    case 'routeKey':
      return route?.routeKey;
    case 'stage':
      return stage.stageName;
    case 'error.message':
    case 'integration.error':
    case 'integrationErrorMessage':
      return exchange.error;
    case 'integration.latency':
    case 'integrationLatency':
      return exchange.integrationLatency?.toString();
    case 'integration.integrationStatus':
    case 'integration.status':
    case 'integrationStatus':
      return exchange.integrationStatus?.toString();
    default:
      return name.startsWith('authorizer.') ? authorizerValue(name.slice('authorizer.'.length), exchange) : undefined;
  }
}

function authorizerValue(name: string, {authorization}: Pick<Exchange, 'authorization'>): string | undefined {
  if (authorization === undefined) return undefined;
  const [values, key] =
    authorization.kind === 'jwt'
      ? [authorization.claims, name.replace(/^claims\./, '')]
      : [{principalId: authorization.principalId, ...authorization.context}, name];
  const value = (values as Readonly<Record<string, unknown>>)[key];
  return value === undefined ? undefined : claimText(value);
}
