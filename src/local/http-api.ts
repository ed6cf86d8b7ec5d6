import type {IncomingHttpHeaders} from 'node:http';

/** A request for an HTTP API: nobody signed it, and what it may do is up to the API. */
export interface ApiRequest {
  readonly id: string;
  readonly apiId: string;
  readonly method: string;
  /** After the API's endpoint, still percent-encoded: a stage may stand first in it. */
  readonly path: string;
  /** Without the question mark, as it was sent. */
  readonly queryString: string;
  readonly headers: IncomingHttpHeaders;
  readonly sourceIp: string;
  /** Undefined when it has more bytes than that. */
  body(limit: number): Promise<Buffer | undefined>;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Uint8Array;
}

export type AnswerApi = (request: ApiRequest) => Promise<ApiAnswer>;

/** No operation of AWS's and no bucket has a path that begins so. */
const prefix = '/_apis/';

/**
 * What an API is reached at. A path on the endpoint, because not every system resolves names under localhost;
 * `http://<id>.execute-api.localhost:<port>` is the same.
 */
export function apiEndpoint(endpoint: string, apiId: string): string {
  return `${endpoint}${prefix}${apiId}`;
}

/** `a1b2c3d4e5.execute-api.localhost:4566`, the API's own name. */
export function apiHost(apiId: string, endpoint: string): string {
  return `${apiId}.execute-api.localhost:${new URL(endpoint).port}`;
}

/** The API that a request is for, and the path within it. */
export function readApiTarget(
  host: string,
  path: string,
  port: number,
): {readonly apiId: string; readonly path: string} | undefined {
  const named = /^([a-z0-9]+)\.execute-api\.localhost:(\d+)$/.exec(host);
  if (named !== null && named[2] === String(port)) return {apiId: named[1]!, path};
  if (!path.startsWith(prefix)) return undefined;
  const rest = path.slice(prefix.length);
  const slash = rest.indexOf('/');
  return slash < 0 ? {apiId: rest, path: '/'} : {apiId: rest.slice(0, slash), path: rest.slice(slash)};
}
