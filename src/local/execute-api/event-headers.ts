import {randomBytes} from 'node:crypto';
import type {ApiRequest} from '../http-api.ts';

/** How the request travelled here says nothing to the function. */
const hopByHop: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
]);

/** Names in lower case, several values joined by commas, with those that API Gateway adds. */
export function lowerCaseHeaders({headers, sourceIp}: ApiRequest): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined && !hopByHop.has(name)) found[name] = Array.isArray(value) ? value.join(',') : value;
  const {host = ''} = headers;
  return {
    ...found,
    'x-amzn-trace-id': found['x-amzn-trace-id'] ?? newTraceId(),
    'x-forwarded-for': found['x-forwarded-for'] === undefined ? sourceIp : `${found['x-forwarded-for']}, ${sourceIp}`,
    'x-forwarded-port': host.slice(host.lastIndexOf(':') + 1),
    'x-forwarded-proto': 'http',
  };
}

function newTraceId(): string {
  const random = randomBytes(16).toString('hex');
  return `Root=1-${random.slice(0, 8)}-${random.slice(8)}`;
}
