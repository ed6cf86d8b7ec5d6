import {setTimeout as sleep} from 'node:timers/promises';
import type {Message, SQS} from '@aws-sdk/client-sqs';
import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import type {QueueReference} from './find-queue.ts';
import {HeldMessages} from './held-messages.ts';
import {messageFilter} from './message-filter.ts';
import {destinationsOf} from './redrive-destination.ts';
import {sendAgain} from './send-again.ts';

export interface RedriveOptions {
  /** Where all go; otherwise each goes back to the queue it came from. */
  readonly to?: QueueReference;
  /** Messages a second. */
  readonly rate?: number;
  readonly filters: readonly string[];
  readonly limit?: number;
  /** Counts what would be moved, and moves nothing. */
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
  onProgress(result: Redriven): void;
}

export interface Redriven {
  /** Or would be, in a dry run. */
  readonly moved: number;
  /** Looked at, and left because the filter does not want them. */
  readonly skipped: number;
  readonly failed: number;
  /** What went wrong, and how often. */
  readonly failures: Readonly<Record<string, number>>;
  readonly interrupted: boolean;
}

/**
 * Moves messages back to where they came from. A message is deleted only once it has been sent, so an interruption
 * leaves it in one of the queues, or in the worst case in both; running it again goes on with what is left.
 */
export async function redrive(clients: AwsClients, queue: QueueReference, options: RedriveOptions): Promise<Redriven> {
  const {rate, limit = Number.POSITIVE_INFINITY, dryRun, signal, onProgress} = options;
  const sqs = await clients.sqs();
  const matches = messageFilter(options.filters);
  const held = new HeldMessages(sqs, queue);
  const failures: Record<string, number> = {};
  const result = {moved: 0, skipped: 0, failed: 0, failures, interrupted: false};
  const sent = new Set<string>();
  try {
    const destinationOf = await destinationsOf(sqs, queue, options.to);
    // A message that fails again at once is back while this still runs: no more are taken than stood here at first.
    const most = await depthOf(sqs, queue);
    const move = async (message: Message) => {
      try {
        const destination = await destinationOf(message);
        if (!dryRun) {
          sent.add(await sendAgain(sqs, destination, message));
          await held.delete(message);
        }
        result.moved++;
      } catch (error) {
        const {message: reason} = describeAwsError(error, 'move a message') as Error;
        failures[reason] = (failures[reason] ?? 0) + 1;
        result.failed++;
      }
    };
    for (let looked = 0; looked < most && result.moved < limit; ) {
      result.interrupted = signal.aborted;
      if (result.interrupted) break;
      const started = Date.now();
      const taken = await held.take(Math.min(10, rate ?? 10, most - looked, limit - result.moved));
      if (taken.length === 0) break;
      looked += taken.length;
      const wanted = taken.filter(message => !sent.has(message.MessageId!) && matches(message));
      result.skipped += taken.length - wanted.length;
      // What stands in a FIFO queue has an order to keep; elsewhere the messages of a batch go at once.
      if (queue.fifo) for (const message of wanted) await move(message);
      else await Promise.all(wanted.map(move));
      onProgress(result);
      if (rate !== undefined && !dryRun && wanted.length > 0)
        await sleep((wanted.length * 1000) / rate - (Date.now() - started), undefined, {signal}).catch(() => {});
    }
    return result;
  } catch (error) {
    throw describeAwsError(error, `redrive ${queue.name}`);
  } finally {
    await held.release();
  }
}

async function depthOf(sqs: SQS, {url}: QueueReference): Promise<number> {
  const {Attributes = {}} = await sqs.getQueueAttributes({
    QueueUrl: url,
    AttributeNames: ['ApproximateNumberOfMessages'],
  });
  return Number(Attributes.ApproximateNumberOfMessages);
}
