import {asText} from '../model/as-text.ts';
import type {Call} from './watch-calls.ts';

/** A call with what came of it, as JSON. */
export interface RecordedCall extends Call {
  readonly output?: object;
  readonly error?: RecordedError;
}

interface RecordedError {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly hostname?: string;
  readonly httpStatusCode?: number;
}

/** Runs a call and gives what is worth keeping of it. */
export function recordedCall(call: Call, answer: {output: object} | {error: unknown}): RecordedCall {
  const input = plain(call.input) as object;
  if (!('output' in answer)) return {...call, input, error: recordedError(answer.error)};
  const {$metadata: _, ...output} = answer.output as {$metadata?: unknown};
  return {...call, input, output: plain(output) as object};
}

/** What AWS answered at the time, or its refusal. */
export function answerOf({output, error}: RecordedCall): object {
  if (error === undefined) return {...(revived(output) as object), $metadata: {}};
  const {httpStatusCode, ...rest} = error;
  throw Object.assign(
    new Error(error.message),
    rest,
    httpStatusCode === undefined ? {} : {$metadata: {httpStatusCode}},
  );
}

function recordedError(error: unknown): RecordedError {
  const {
    name,
    message,
    code,
    hostname,
    $metadata,
    errors = [],
  } = error as Error & {
    code?: string;
    hostname?: string;
    $metadata?: {httpStatusCode?: number};
    errors?: readonly Error[];
  };
  const status = $metadata && {httpStatusCode: $metadata.httpStatusCode ?? 0};
  return {
    name,
    // Several addresses that refuse come as an AggregateError with no message of its own.
    message: message === '' ? errors.map(each => each.message).join(', ') : message,
    ...(typeof code === 'string' ? {code} : {}),
    ...(hostname === undefined ? {} : {hostname}),
    ...status,
  };
}

/**
 * Dates keep that they are dates. What could be a secret is not kept: the values of environment variables, which no
 * rule reads, and the signature of a link.
 */
function plain(value: unknown): unknown {
  if (value instanceof Date) return {[dateKey]: value.toISOString()};
  if (typeof value === 'string')
    return /[?&]X-Amz-Signature=/i.test(value) ? value.slice(0, value.indexOf('?')) : value;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => [
        name,
        name === 'Environment' && typeof member === 'object' ? namesOnly(member) : plain(member),
      ]),
  );
}

function namesOnly(environment: object): object {
  const {Variables: variables = {}} = environment as {Variables?: object};
  return {Variables: Object.fromEntries(Object.keys(variables).map(name => [name, '']))};
}

function revived(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revived);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value);
  const [[name, text] = []] = members;
  if (members.length === 1 && name === dateKey) return new Date(asText(text));
  return Object.fromEntries(members.map(([key, member]) => [key, revived(member)]));
}

const dateKey = '$date';
