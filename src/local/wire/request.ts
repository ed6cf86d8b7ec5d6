import type {IncomingHttpHeaders, IncomingMessage} from 'node:http';

/** A request as it came in, its target taken apart; the body is not read yet. */
export interface WireRequest {
  readonly id: string;
  readonly method: string;
  /** Still percent-encoded, without the query. */
  readonly path: string;
  /** Decoded, in the order in which they were sent. */
  readonly query: readonly QueryParameter[];
  readonly headers: IncomingHttpHeaders;
  readonly message: IncomingMessage;
}

export type QueryParameter = readonly [name: string, value: string];

export function readTarget(url: string): Pick<WireRequest, 'path' | 'query'> {
  const mark = url.indexOf('?');
  return mark < 0 ? {path: url, query: []} : {path: url.slice(0, mark), query: readQuery(url.slice(mark + 1))};
}

export function readQuery(text: string): QueryParameter[] {
  return text
    .split('&')
    .filter(part => part !== '')
    .map(part => {
      const equals = part.indexOf('=');
      return equals < 0
        ? [decodeQuery(part), '']
        : [decodeQuery(part.slice(0, equals)), decodeQuery(part.slice(equals + 1))];
    });
}

function decodeQuery(text: string): string {
  return decodePercent(text.includes('+') ? text.replaceAll('+', ' ') : text);
}

/** A stray `%` stands for itself, as with AWS. */
export function decodePercent(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function parameter(request: WireRequest, name: string): string | undefined {
  return request.query.find(([key]) => key === name)?.[1];
}

/** One header as text; what came more than once is joined, as the signature has it. */
export function header(request: WireRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(',') : value;
}
