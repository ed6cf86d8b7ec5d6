/** Why a call failed that may well go right when it is tried again. */
export type Trouble = 'throttled' | 'unavailable' | 'connection-lost' | 'no-answer';

/** Undefined when it would only fail again. */
export function troubleOf(error: unknown): Trouble | undefined {
  const failure = error as Failure;
  const {name, $metadata, cause} = failure;
  if (name === 'AbortError') return undefined;
  if (isThrottled(failure)) return 'throttled';
  if (isUnanswered(failure)) return 'no-answer';
  if (isConnectionLost(failure)) return 'connection-lost';
  const status = $metadata?.httpStatusCode ?? 0;
  // What stands in for AWS answers 501 to what it does not know, and will again.
  if (status === 501) return undefined;
  if (status >= 500 || /ServiceUnavailable|InternalFailure/i.test(name)) return 'unavailable';
  return cause === undefined ? undefined : troubleOf(cause);
}

interface Failure extends Error {
  readonly code?: string;
  readonly $metadata?: {readonly httpStatusCode?: number};
}

export function isThrottled({name, $metadata}: Failure): boolean {
  return $metadata?.httpStatusCode === 429 || /throttl|TooManyRequests|RequestLimitExceeded|SlowDown/i.test(name);
}

/** Nothing was heard for as long as anybody waits. The SDK calls a connection that was closed a timeout, too. */
export function isUnanswered({name, code}: Failure): boolean {
  return name === 'TimeoutError' && (code === undefined || code === 'ETIMEDOUT');
}

function isConnectionLost({code = ''}: Failure): boolean {
  return networkErrors.has(code);
}

const networkErrors = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
