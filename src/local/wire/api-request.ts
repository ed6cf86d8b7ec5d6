import type {IncomingMessage} from 'node:http';
import {type ApiRequest, readApiTarget} from '../http-api.ts';
import {checkHost} from './host.ts';
import {header, type WireRequest} from './request.ts';

/**
 * A request for an HTTP API; undefined for one that is for AWS itself. It may come from a page of any origin: what the
 * page can read of the answer is up to the API's CORS configuration.
 */
export function readApiRequest(request: WireRequest, port: number): ApiRequest | undefined {
  const {id, method, headers, message} = request;
  const host = header(request, 'host') ?? '';
  const target = readApiTarget(host, request.path, port);
  if (target === undefined) return undefined;
  if (request.path !== target.path) checkHost(host, port);
  const url = message.url ?? '/';
  const mark = url.indexOf('?');
  return {
    id,
    ...target,
    method,
    queryString: mark < 0 ? '' : url.slice(mark + 1),
    headers,
    sourceIp: message.socket.remoteAddress ?? '127.0.0.1',
    body: limit => readWhole(message, limit),
  };
}

/** Reads to the end even what is too large, so that the answer finds its client listening. */
async function readWhole(message: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= limit) chunks.push(chunk);
  }
  return length <= limit ? Buffer.concat(chunks) : undefined;
}
