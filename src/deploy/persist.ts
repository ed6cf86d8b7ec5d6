import {setTimeout as sleep} from 'node:timers/promises';

interface Pace {
  readonly pollMilliseconds: number;
  readonly signal?: AbortSignal;
}

/** Reads again when a read fails for a reason that passes: a deployment goes on while nobody looks. */
export async function persist<T>(read: () => Promise<T>, {pollMilliseconds, signal}: Pace): Promise<T> {
  for (let attempt = 1; ; attempt++)
    try {
      return await read();
    } catch (error) {
      if (attempt === attempts || !passes(error)) throw error;
      await sleep(Math.min(pollMilliseconds * 2 ** attempt, longestPause), undefined, signal && {signal});
    }
}

/** With a poll every two seconds, about three minutes. */
const attempts = 8;
const longestPause = 30_000;

interface Failure extends Error {
  readonly code?: string;
  readonly $metadata?: {readonly httpStatusCode?: number};
  readonly cause?: Failure;
}

/** Throttling, a service that is ill, a network that is away for a moment. */
function passes(error: unknown): boolean {
  const {name, code = '', $metadata, cause} = error as Failure;
  return (
    /throttl|TooManyRequests|RequestLimitExceeded|TimeoutError|ServiceUnavailable|InternalFailure/i.test(name) ||
    ($metadata?.httpStatusCode ?? 0) >= 500 ||
    networkErrors.has(code) ||
    (cause !== undefined && passes(cause))
  );
}

const networkErrors = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
