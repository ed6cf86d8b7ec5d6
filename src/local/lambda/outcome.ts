/** How an invocation, or the start of an environment, ended. */
export interface Outcome {
  readonly payload: Uint8Array;
  readonly status: 'success' | 'error' | 'timeout';
  readonly errorType?: string;
}

export interface Failure extends Outcome {
  readonly status: 'error' | 'timeout';
  readonly errorType: string;
}

const maximumResponse = 6_291_556;

/** Of what a handler answered. */
export function answered(payload: Buffer): Outcome {
  if (payload.length <= maximumResponse) return {payload, status: 'success'};
  return failure(
    'Function.ResponseSizeTooLarge',
    `Response payload size exceeded maximum allowed payload size (${maximumResponse} bytes).`,
  );
}

/** Of an error that the runtime reported. */
export function reported(payload: Buffer): Failure {
  return {payload, status: 'error', errorType: errorTypeOf(payload)};
}

export function timedOut(requestId: string | undefined, message: string): Failure {
  return {...failure('Sandbox.Timedout', `RequestId: ${requestId} Error: ${message}`), status: 'timeout'};
}

/** Of a runtime that ended without a word. */
export function exited(requestId: string, message: string, {outOfMemory}: {outOfMemory: boolean}): Failure {
  return failure(
    outOfMemory ? 'Runtime.OutOfMemory' : 'Runtime.ExitError',
    `RequestId: ${requestId} Error: ${message}`,
  );
}

/** The sentence in which Lambda tells how a runtime ended. */
export function describeExit(code: number | null, signal: NodeJS.Signals | null): string {
  const names: Partial<Record<NodeJS.Signals, string>> = {
    SIGKILL: 'killed',
    SIGABRT: 'aborted',
    SIGSEGV: 'segmentation fault',
    SIGTERM: 'terminated',
  };
  if (signal !== null) return `Runtime exited with error: signal: ${names[signal] ?? signal}`;
  return code === 0 ? 'Runtime exited without providing a reason' : `Runtime exited with error: exit status ${code}`;
}

function failure(errorType: string, errorMessage: string): Failure {
  return {status: 'error', errorType, payload: Buffer.from(JSON.stringify({errorType, errorMessage}))};
}

function errorTypeOf(error: Buffer): string {
  try {
    return String((JSON.parse(error.toString()) as {errorType?: unknown}).errorType ?? 'Unhandled');
  } catch {
    return 'Unhandled';
  }
}

export function timeoutMessage(seconds: number): string {
  return `Task timed out after ${seconds.toFixed(2)} seconds`;
}
