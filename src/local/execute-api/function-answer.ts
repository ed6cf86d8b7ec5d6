import {validateHeaderName, validateHeaderValue} from 'node:http';
import {isObject} from '../../model/is-object.ts';
import type {ApiAnswer} from '../http-api.ts';

/** What a function gave back as an answer; undefined when API Gateway cannot make one of it. */
export function functionAnswer(payload: Uint8Array, format: '1.0' | '2.0'): ApiAnswer | undefined {
  const result = parse(payload);
  if (result === undefined) return undefined;
  const {value} = result;
  if (isObject(value) && 'statusCode' in value) return structuredAnswer(value);
  if (format === '1.0') return undefined;
  // Without a status the whole result is the body.
  return {
    status: 200,
    headers: {'content-type': 'application/json'},
    body: typeof value === 'string' ? value : JSON.stringify(value),
  };
}

function structuredAnswer(result: Readonly<Record<string, unknown>>): ApiAnswer | undefined {
  const {statusCode, headers = {}, multiValueHeaders = {}, cookies = [], body = '', isBase64Encoded} = result;
  const status = isScalar(statusCode) ? Number(statusCode) : Number.NaN;
  if (!Number.isInteger(status) || status < 200 || status > 599) return undefined;
  if (body !== null && typeof body !== 'string') return undefined;
  const given = new Map<string, string | readonly string[]>();
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (typeof value === 'object') return undefined;
    given.set(name.toLowerCase(), String(value));
  }
  for (const [name, values] of Object.entries(multiValueHeaders ?? {})) {
    if (!Array.isArray(values) || !values.every(isScalar)) return undefined;
    given.set(name.toLowerCase(), values.map(String));
  }
  if (!Array.isArray(cookies) || !cookies.every(isScalar)) return undefined;
  if (cookies.length > 0) given.set('set-cookie', cookies.map(String));
  for (const name of ownHeaders) given.delete(name);
  if (!given.has('content-type')) given.set('content-type', 'text/plain;charset=UTF-8');
  if (![...given].every(isHeader)) return undefined;
  const text = body ?? '';
  return {
    status,
    headers: Object.fromEntries(given),
    body: isBase64Encoded === true ? Buffer.from(text, 'base64') : text,
  };
}

function isScalar(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

/** What HTTP cannot carry, such as a line end in a value, is no answer. */
function isHeader([name, values]: readonly [string, string | readonly string[]]): boolean {
  try {
    validateHeaderName(name);
    for (const value of [values].flat()) validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}

/** How the answer travels is not the function's to say. */
const ownHeaders = ['connection', 'content-length', 'keep-alive', 'transfer-encoding', 'upgrade'];

interface Parsed {
  readonly value: unknown;
}

function parse(payload: Uint8Array): Parsed | undefined {
  try {
    return {value: JSON.parse(Buffer.from(payload).toString())};
  } catch {
    return undefined;
  }
}
