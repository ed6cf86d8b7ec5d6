import type {WithMiddleware} from './each-client.ts';
import {isThrottled, isUnanswered} from './trouble.ts';

/** How long a client waits in silence, in milliseconds. */
export interface Patience {
  /** For a connection. */
  readonly connect: number;
  /** While nothing is sent or received: a long upload may take as long as it takes. */
  readonly silence: number;
}

export const usualPatience: Patience = {connect: 10_000, silence: 30_000};

/** A function may say nothing for 15 minutes. */
export const invocationSilence = 16 * 60_000;

/** Where nobody answers, or nobody is, a call is tried thrice and no more: it costs too much time, or helps too rarely. */
export function giveUpOnSilence(client: Retrying): void {
  giveUp(client, (token, {error}) => token.getRetryCount() + 1 >= times && isNowhere(error));
}

/** A function whose answer was lost has run, or is still running: only what surely did not reach it is sent again. */
export function invokeOnce(client: Retrying): void {
  giveUp(client, (_, {error}) => !isThrottled(error) && !hasNoServer(error));
}

function giveUp(client: Retrying, isFinal: (token: RetryToken, failure: RetryErrorInfo) => boolean): void {
  const configured = client.config.retryStrategy;
  client.config.retryStrategy = async () => {
    const strategy = (await configured()) as RetryStrategy;
    return {
      acquireInitialRetryToken: (scope: string) => strategy.acquireInitialRetryToken(scope),
      recordSuccess: (token: RetryToken) => strategy.recordSuccess(token),
      async refreshRetryTokenForRetry(token: RetryToken, failure: RetryErrorInfo): Promise<RetryToken> {
        if (isFinal(token, failure)) throw new Error('No further attempt');
        return strategy.refreshRetryTokenForRetry(token, failure);
      },
    };
  };
}

const times = 3;

function isNowhere(error: Failure): boolean {
  return isUnanswered(error) || hasNoServer(error);
}

function hasNoServer({code}: Failure): boolean {
  return code === 'ECONNREFUSED' || code === 'ENOTFOUND';
}

type Failure = Error & {readonly code?: string};

type Retrying = {readonly config: Pick<WithMiddleware['config'], 'retryStrategy'>};

/** The SDK's, as its clients use it. */
interface RetryStrategy {
  acquireInitialRetryToken(scope: string): Promise<RetryToken>;
  refreshRetryTokenForRetry(token: RetryToken, failure: RetryErrorInfo): Promise<RetryToken>;
  recordSuccess(token: RetryToken): void;
}

interface RetryToken {
  getRetryCount(): number;
}

interface RetryErrorInfo {
  readonly error: Failure;
}
