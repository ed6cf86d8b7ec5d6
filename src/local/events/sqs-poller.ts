import type {Access} from '../access/access.ts';
import type {Clock} from '../clock.ts';
import {executionRole} from '../services/lambda/execution-role.ts';
import {queueUrl} from '../services/lambda/mapping.ts';
import type {EventSourceMapping} from '../services/lambda/records.ts';
import type {LambdaStore} from '../services/lambda/store.ts';
import {pause} from './pause.ts';
import {type CallQueue, processBatch} from './sqs-batch.ts';
import type {ReceivedMessage} from './sqs-records.ts';

export interface PollerOptions {
  readonly mapping: EventSourceMapping;
  readonly lambda: LambdaStore;
  readonly access: Access;
  readonly clock: Clock;
  readonly endpoint: string;
  /** Batches at the same time, unless the mapping allows fewer. */
  readonly concurrency: number;
}

export interface Poller {
  /** Stops receiving at once; resolves when the batches in hand are done. */
  stop(): Promise<void>;
}

/** SQS gives no more with one receive. */
const mostPerReceive = 10;
const longPollSeconds = 20;
/** What a batch may weigh: the payload limit of an invocation. */
const maximumBatchBytes = 6 * 1024 * 1024;
const attributesInterval = 60_000;
const firstPause = 1000;
const longestPause = 60_000;

/** Polls a queue for a function, as its role, until it is stopped. */
export function startSqsPoller(options: PollerOptions): Poller {
  const {mapping, lambda, access, clock, endpoint} = options;
  const stopping = new AbortController();
  const inHand = new Set<Promise<void>>();
  const atOnce = Math.min(mapping.ScalingConfig?.MaximumConcurrency ?? options.concurrency, options.concurrency);
  const url = queueUrl(mapping.EventSourceArn, endpoint);
  let wait = firstPause;
  let resting: Promise<void> | undefined;
  let attributesRead = Number.NEGATIVE_INFINITY;

  const call: CallQueue = (operation, input, signal) => {
    const configuration = lambda.configuration(lambda.reference(mapping.FunctionArn));
    const role = executionRole(configuration, {onBehalf: 'lambda'});
    return access.call(role, 'sqs', operation, {QueueUrl: url, ...input}, signal && {signal});
  };
  const note = (result: string): void => void lambda.lastProcessingResults.set(mapping.UUID, result);

  /** Lambda looks at the queue from time to time; here for what would make it deliver a message twice. */
  async function readAttributes(): Promise<void> {
    if (clock.now() - attributesRead < attributesInterval) return;
    const {Attributes} = await call<{Attributes: Record<string, string>}>('GetQueueAttributes', {
      AttributeNames: ['VisibilityTimeout', 'ApproximateNumberOfMessages'],
    });
    attributesRead = clock.now();
    const visibility = Number(Attributes.VisibilityTimeout);
    const {Timeout} = lambda.configuration(lambda.reference(mapping.FunctionArn));
    if (visibility < Timeout)
      note(
        `PROBLEM: Queue visibility timeout: ${visibility} seconds is less than Function timeout: ${Timeout} seconds`,
      );
  }

  async function receive(most: number, waitSeconds: number): Promise<readonly ReceivedMessage[]> {
    const input = {
      MaxNumberOfMessages: Math.min(most, mostPerReceive),
      WaitTimeSeconds: waitSeconds,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    };
    const {Messages = []} = await call<{Messages?: readonly ReceivedMessage[]}>(
      'ReceiveMessage',
      input,
      stopping.signal,
    );
    return Messages;
  }

  /** The first messages that come, and what follows them within the window as far as the batch holds it. */
  async function gather(): Promise<readonly ReceivedMessage[]> {
    const batch = [...(await receive(mapping.BatchSize, longPollSeconds))];
    const end = clock.now() + mapping.MaximumBatchingWindowInSeconds * 1000;
    let bytes = sizeOf(batch);
    while (batch.length > 0 && batch.length < mapping.BatchSize && bytes < maximumBatchBytes) {
      const left = end - clock.now();
      if (left <= 0 || stopping.signal.aborted) break;
      const more = await receive(mapping.BatchSize - batch.length, Math.min(longPollSeconds, Math.ceil(left / 1000)));
      batch.push(...more);
      bytes += sizeOf(more);
    }
    return batch;
  }

  async function poll(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await resting;
        await readAttributes();
        if (inHand.size >= atOnce) {
          await Promise.race(inHand);
          continue;
        }
        const messages = await gather();
        if (messages.length > 0) take(messages);
        else if (!lambda.lastProcessingResults.has(mapping.UUID)) note('No records processed');
      } catch (error) {
        if (stopping.signal.aborted) return;
        // Whatever it is, the next attempt may fare better; in between, nobody is kept busy.
        note(`PROBLEM: ${(error as Error).message}`);
        await backOff();
      }
    }
  }

  function take(messages: readonly ReceivedMessage[]): void {
    const work = processBatch(messages, {mapping, lambda, call}).then(
      result => {
        note(result.summary);
        // Messages that are received now would only be counted as received.
        if (result.throttled) resting = backOff();
        else wait = firstPause;
      },
      error => note(`PROBLEM: ${(error as Error).message}`),
    );
    const done = work.finally(() => inHand.delete(done));
    inHand.add(done);
  }

  function backOff(): Promise<void> {
    const milliseconds = wait;
    wait = Math.min(wait * 2, longestPause);
    return pause(milliseconds, clock, stopping.signal);
  }

  const polling = poll();
  return {
    async stop() {
      stopping.abort();
      await polling;
      await Promise.all(inHand);
    },
  };
}

function sizeOf(messages: readonly ReceivedMessage[]): number {
  return messages.reduce((sum, {Body}) => sum + Buffer.byteLength(Body), 0);
}
