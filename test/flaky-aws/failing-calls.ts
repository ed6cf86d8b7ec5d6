import {type AwsClients, awsClients, type Connection} from '../../src/aws/clients.ts';
import {watchCalls} from '../../src/aws/watch-calls.ts';

/** How a call goes: `send` hands it on, `n` counts those of its operation from 1. */
export type Way = (send: () => Promise<object>, n: number) => Promise<object>;

/** Clients of which the calls of some operations go another way, all attempts of the SDK's at once. */
export function failingCalls(connection: Connection, ways: Readonly<Record<string, Way>>): AwsClients {
  const counts = new Map<string, number>();
  return watchCalls(awsClients(connection), ({operation}, send) => {
    const n = (counts.get(operation) ?? 0) + 1;
    counts.set(operation, n);
    return ways[operation]?.(send, n) ?? send();
  });
}

export const throttled: Way = async () => {
  throw Object.assign(new Error('Rate exceeded'), {name: 'Throttling', $metadata: {httpStatusCode: 400, attempts: 8}});
};

/** It has its effect, and nobody hears of it. */
export const answerLost: Way = async send => {
  await send();
  return lost();
};

export async function lost(): Promise<never> {
  throw Object.assign(new Error('socket hang up'), {code: 'ECONNRESET', $metadata: {attempts: 8}});
}

export const firstAnswerLost: Way = (send, n) => (n === 1 ? answerLost(send, n) : send());

/** The first has its effect; all that is heard of it is that it cannot be done again. */
export function firstRefusedAsDone(name: string, message: string): Way {
  return async (send, n) => {
    const answer = await send();
    if (n > 1) return answer;
    throw Object.assign(new Error(message), {name, $metadata: {httpStatusCode: 400, attempts: 2}});
  };
}
