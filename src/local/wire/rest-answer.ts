import type {HttpBinding} from '../operation.ts';
import type {WireAnswer} from './protocols/protocol.ts';

/** An output divided among status, headers and body. */
export interface DividedOutput {
  readonly status: number;
  readonly headers: Record<string, string>;
  /** The member that is the whole body. */
  readonly payload?: unknown;
  /** The members that stand nowhere else. */
  readonly rest: Record<string, unknown>;
}

export function divideOutput(output: unknown, http: HttpBinding): DividedOutput {
  const rest: Record<string, unknown> = {...((output ?? {}) as object)};
  const status = typeof rest.$status === 'number' ? rest.$status : (http.status ?? 200);
  delete rest.$status;
  const headers: Record<string, string> = {};
  for (const [member, name] of Object.entries(http.responseHeaders ?? {})) {
    const value = rest[member];
    delete rest[member];
    if (value === undefined || value === null) continue;
    if (typeof value === 'object' && !(value instanceof Date))
      for (const [key, item] of Object.entries(value)) headers[name.toLowerCase() + key] = headerText(item);
    else headers[name.toLowerCase()] = headerText(value);
  }
  if (http.responsePayload === undefined) return {status, headers, rest};
  return {status, headers, rest, payload: rest[http.responsePayload] ?? ''};
}

/** A payload that is no document goes out as it is. */
export function rawBody(payload: unknown): WireAnswer['body'] | undefined {
  if (typeof payload === 'string' || payload instanceof Uint8Array) return payload;
  return isStream(payload) ? payload : undefined;
}

function isStream(value: unknown): value is NodeJS.ReadableStream {
  return typeof value === 'object' && value !== null && 'pipe' in value;
}

/** Other characters than ASCII go out as S3 sends them: encoded by RFC 2047. */
function headerText(value: unknown): string {
  if (value instanceof Date) return value.toUTCString();
  const text = String(value);
  return /[^\u0020-\u007e]/.test(text) ? `=?UTF-8?B?${Buffer.from(text, 'utf8').toString('base64')}?=` : text;
}
