import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import {type DeadLetter, deadLetter} from './dead-letter.ts';
import type {QueueReference} from './find-queue.ts';
import {HeldMessages} from './held-messages.ts';
import {messageFilter} from './message-filter.ts';

/** Some messages of a queue, which stay there. Each look counts as a receive: SQS has no other way to read. */
export async function peek(
  clients: AwsClients,
  queue: QueueReference,
  {limit, filters, signal}: {readonly limit: number; readonly filters: readonly string[]; readonly signal: AbortSignal},
): Promise<readonly DeadLetter[]> {
  const matches = messageFilter(filters);
  const held = new HeldMessages(await clients.sqs(), queue);
  const letters: DeadLetter[] = [];
  try {
    while (letters.length < limit && !signal.aborted) {
      // With a filter nobody knows how many have to be looked at.
      const taken = await held.take(filters.length === 0 ? limit - letters.length : 10);
      if (taken.length === 0) break;
      letters.push(...taken.filter(matches).map(deadLetter));
    }
    return letters.slice(0, limit);
  } catch (error) {
    throw describeAwsError(error, `read the messages of ${queue.name}`);
  } finally {
    await held.release();
  }
}
