import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import {asText} from '../model/as-text.ts';

export interface Invocation {
  readonly requestId?: string;
  /** What the function answered: plain values, or text that is no JSON; absent when nobody waits for it. */
  readonly payload?: unknown;
  /** What it threw, when it did. */
  readonly error?: FunctionError;
  /** The last 4 KB of its log. */
  readonly log: readonly string[];
}

interface FunctionError {
  readonly type: string;
  readonly message: string;
  readonly stack: readonly string[];
}

/** `event` is JSON. An asynchronous invocation is accepted, and that is all that is known of it. */
export async function invokeFunction(
  clients: AwsClients,
  functionName: string,
  {event, async, signal}: {readonly event: string; readonly async: boolean; readonly signal: AbortSignal},
): Promise<Invocation> {
  try {
    const {FunctionError, LogResult, Payload, $metadata} = await (await clients.invocations()).invoke(
      {
        FunctionName: functionName,
        Payload: Buffer.from(event),
        InvocationType: async ? 'Event' : 'RequestResponse',
        ...(async ? {} : {LogType: 'Tail' as const}),
      },
      {abortSignal: signal},
    );
    const requestId = $metadata.requestId === undefined ? {} : {requestId: $metadata.requestId};
    if (async) return {...requestId, log: []};
    const payload = payloadOf(Buffer.from(Payload ?? []).toString());
    return {
      ...requestId,
      payload,
      ...(FunctionError === undefined ? {} : {error: errorOf(payload)}),
      log: Buffer.from(LogResult ?? '', 'base64')
        .toString()
        .split('\n')
        .filter(line => line !== ''),
    };
  } catch (error) {
    throw describeAwsError(error, `invoke ${functionName}`);
  }
}

function payloadOf(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Node's runtime calls the stack `trace`, Python's and Java's `stackTrace`. */
function errorOf(payload: unknown): FunctionError {
  const {errorType = 'Error', errorMessage = '', trace, stackTrace} = (payload ?? {}) as Record<string, unknown>;
  const stack = [trace, stackTrace].find(lines => Array.isArray(lines)) as readonly unknown[] | undefined;
  const type = asText(errorType);
  return {
    type,
    message: asText(errorMessage),
    // Node's begins with the error itself, which is said already.
    stack: (stack ?? []).map(asText).filter(line => !line.startsWith(`${type}: `)),
  };
}
