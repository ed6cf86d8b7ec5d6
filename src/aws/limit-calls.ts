import {CallRate, type Pace} from './call-rate.ts';
import type {AwsClients} from './clients.ts';
import {eachClient, type Middleware, namesOf} from './each-client.ts';
import {giveUpOnSilence} from './patience.ts';
import {isThrottled} from './trouble.ts';

/** The rates at which an account is asked, shared by all who ask it. */
export interface CallRates {
  of(place: {readonly account: string; readonly region: string}, call: {service: string; operation: string}): CallRate;
}

export function callRates(pace: Pace): CallRates {
  const rates = new Map<string, CallRate>();
  return {
    of({account, region}, {service, operation}) {
      const family = families[service]?.[operation] ?? families[service]?.others ?? {name: operation, rate: otherRate};
      const key = [account, service === 'IAM' ? '' : region, service, family.name ?? operation].join(' ');
      const rate = rates.get(key) ?? new CallRate(family.rate, pace);
      rates.set(key, rate);
      return rate;
    },
  };
}

/**
 * Somewhat below what AWS allows, for others are in the account, too.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html#api-requests: GetFunction 100 a second,
 * GetPolicy 15, all else together 15, and none can be raised. DescribeLogGroups 10, DescribeAlarms 9. IAM publishes
 * none; it counts by operation.
 */
const families: Readonly<Record<string, Readonly<Record<string, Family>>>> = {
  Lambda: {GetPolicy: {rate: 12}, GetFunction: {rate: 80}, others: {name: 'others', rate: 12}},
  IAM: {others: {rate: 10}},
  CloudWatchLogs: {others: {rate: 8}},
  CloudWatch: {others: {rate: 7}},
};

interface Family {
  /** Of operations that are counted together. */
  readonly name?: string;
  readonly rate: number;
}

const otherRate = 20;

/**
 * The same clients, of which every attempt at a call waits for its turn. The SDK's own way to try again is replaced:
 * it knows of one call, not of the thousands behind it.
 */
export function limitCalls(
  clients: AwsClients,
  place: {readonly account: string; readonly region: string},
  rates: CallRates,
  pace: Pace,
): AwsClients {
  return eachClient(clients, client => {
    // Archives lie in S3, whose rates nobody reaches.
    if (!('config' in client)) return;
    const {maxAttempts} = client.config;
    client.middlewareStack.addRelativeTo(limited(place, rates), {
      name: 'callRate',
      relation: 'after',
      toMiddleware: 'retryMiddleware',
    });
    client.config.retryStrategy = async () => retries(await maxAttempts(), pace);
    giveUpOnSilence(client);
  });
}

function limited(place: {readonly account: string; readonly region: string}, rates: CallRates): Middleware {
  return (next, context) => async args => {
    const rate = rates.of(place, namesOf(context));
    await rate.take();
    try {
      const answer = await next(args);
      rate.answered();
      return answer;
    } catch (error) {
      if (isThrottled(error as Error)) rate.throttled(Number((error as Throttled).retryAfterSeconds ?? 0) * 1000);
      throw error;
    }
  };
}

interface Throttled extends Error {
  readonly retryAfterSeconds?: string;
}

interface RetryToken {
  getRetryCount(): number;
  /** Nothing: it has waited already. */
  getRetryDelay(): number;
}

/** What the SDK asks whether a call may be tried again. */
function retries(maxAttempts: number, pace: Pace) {
  const token = (count: number): RetryToken => ({getRetryCount: () => count, getRetryDelay: () => 0});
  return {
    acquireInitialRetryToken: async () => token(0),
    recordSuccess() {},
    async refreshRetryTokenForRetry(before: RetryToken, {errorType}: {errorType: string}): Promise<RetryToken> {
      const count = before.getRetryCount() + 1;
      const throttled = errorType === 'THROTTLING';
      // Being throttled is no failure of the call; the rate has slowed down already.
      if (errorType === 'CLIENT_ERROR' || count >= (throttled ? throttledAttempts : maxAttempts))
        throw new Error('No further attempt');
      if (!throttled) await pace.sleep(100 * 2 ** count);
      return token(count);
    },
  };
}

const throttledAttempts = 12;
