import {createHash} from 'node:crypto';
import {setMaxListeners} from 'node:events';
import type {Access} from '../access/access.ts';
import type {Clock} from '../clock.ts';
import type {Disorder} from '../disorder.ts';
import {ServiceError} from '../service-error.ts';
import type {StreamMapping} from '../services/lambda/records.ts';
import type {LambdaStore} from '../services/lambda/store.ts';
import type {EventMetric, OnEventMetric} from './event-metric.ts';
import {pause} from './pause.ts';
import {passesFilters} from './record-filter.ts';
import type {Poller} from './sqs-poller.ts';
import {processStreamBatch, type StreamBatchOptions} from './stream-batch.ts';
import {type GivenUp, sendFailure} from './stream-failure.ts';
import {takeBatch} from './stream-payload.ts';
import {StreamProgress} from './stream-progress.ts';
import {openStreamReader} from './stream-reader.ts';
import {eventRecord, type PendingRecord, type ReadRecord} from './stream-record.ts';

export interface StreamPollerOptions {
  readonly mapping: StreamMapping;
  readonly lambda: LambdaStore;
  readonly access: Access;
  readonly clock: Clock;
  readonly disorder?: Disorder | undefined;
  readonly endpoint: string;
  /** Says when a stream has new records. */
  readonly streams: StreamSource;
  /** When the mapping's poller from before a change has ended. */
  readonly previous: Promise<void>;
  readonly onWarning?: (warning: string) => void;
  readonly onMetric?: OnEventMetric;
}

export interface StreamSource {
  /** Calls `listener` with the ARN of a stream whenever it has new records; the answer ends that. */
  onRecords(listener: (streamArn: string) => void): () => void;
}

/** Batches for one after the other; each item's records are all in one lane. */
interface Lane {
  readonly queue: PendingRecord[];
  work: Promise<void> | undefined;
  /** Ends the batching window. */
  filled: () => void;
}

const leastRoom = 1000;
/** Lambda asks four times a second; here a stream says when there is something, and is asked now and then besides. */
const idleMilliseconds = 60_000;
const firstPause = 1000;
const longestPause = 60_000;

/** Hands the records of a stream to a function, as its role, until it is stopped; it begins where it left off. */
export function startStreamPoller(options: StreamPollerOptions): Poller {
  const {mapping, lambda, clock, endpoint, streams, onWarning} = options;
  const {UUID, BatchSize, ParallelizationFactor, MaximumBatchingWindowInSeconds} = mapping;
  const stopping = new AbortController();
  const {signal} = stopping;
  // Each lane listens to it, and each call that is under way.
  setMaxListeners(0, signal);
  const reader = openStreamReader({...options, signal});
  const lanes = Array.from(
    {length: ParallelizationFactor},
    (): Lane => ({queue: [], work: undefined, filled: () => {}}),
  );
  const room = Math.max(leastRoom, BatchSize * ParallelizationFactor);
  let progress: StreamProgress;
  let writes = 0;
  let onWrite = () => {};
  let onRoom = () => {};
  const measure = (name: EventMetric, value: number): void =>
    options.onMetric?.(lambda.reference(mapping.FunctionArn).name, name, value);
  const note = (result: string): void => void lambda.lastProcessingResults.set(UUID, result);

  const batchOptions: StreamBatchOptions = {
    ...options,
    signal,
    note,
    finish(records) {
      progress.finish(records.map(({sequence}) => sequence));
      save();
      onRoom();
    },
    giveUp,
    onIteratorAge: age => measure('IteratorAge', age),
  };

  /** A mapping that was deleted meanwhile has no checkpoint to keep. */
  function save(): void {
    if (lambda.mappings.has(UUID)) lambda.checkpoints.set(UUID, progress.checkpoint);
  }

  async function giveUp(given: GivenUp): Promise<void> {
    const {records, condition} = given;
    const destination = mapping.DestinationConfig.OnFailure.Destination;
    const what = `${records.length === 1 ? 'a record' : `${records.length} records`} of ${mapping.EventSourceArn}`;
    note(`PROBLEM: ${condition}`);
    if (destination === undefined)
      onWarning?.(`Lambda gave up ${what} (${condition}); there is no on-failure destination`);
    try {
      await sendFailure(given, {...options, endpoint, shardId: await reader.shardId()});
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      // As on AWS: what cannot be delivered does not hold up the stream.
      measure('DestinationDeliveryFailures', 1);
      onWarning?.(`Lambda gave up ${what} (${condition}), and could not tell ${destination}: ${error.message}`);
    }
  }

  function take(record: ReadRecord): void {
    const {SequenceNumber: sequence, Keys, ApproximateCreationDateTime} = record.dynamodb;
    if (!progress.begin(sequence)) return;
    const event = eventRecord(record, mapping.EventSourceArn);
    if (!passesFilters(event, mapping.FilterCriteria)) {
      progress.finish([sequence]);
      return;
    }
    const lane = lanes[laneOf(Keys, lanes.length)]!;
    lane.queue.push({sequence, createdAt: ApproximateCreationDateTime * 1000, json: JSON.stringify(event)});
    if (lane.queue.length >= BatchSize) lane.filled();
  }

  async function work(lane: Lane): Promise<void> {
    while (lane.queue.length > 0 && !signal.aborted) {
      if (lane.queue.length < BatchSize && MaximumBatchingWindowInSeconds > 0)
        await pauseUntil(MaximumBatchingWindowInSeconds * 1000, end => {
          lane.filled = end;
        });
      if (signal.aborted) return;
      await processStreamBatch(takeBatch(lane.queue, BatchSize), batchOptions);
    }
  }

  function startLanes(): void {
    for (const lane of lanes) {
      if (lane.queue.length === 0 || lane.work !== undefined) continue;
      lane.work = work(lane)
        // The state was closed under it, or it is a bug; the records are read again at the next start.
        .catch(error => note(`PROBLEM: ${(error as Error).message}`))
        .finally(() => {
          lane.work = undefined;
          if (!signal.aborted) startLanes();
        });
    }
  }

  /** A pause that ends early when somebody says so. */
  function pauseUntil(milliseconds: number, hand: (end: () => void) => void): Promise<void> {
    const early = new AbortController();
    hand(() => early.abort());
    return pause(milliseconds, clock, AbortSignal.any([signal, early.signal]));
  }

  async function poll(): Promise<void> {
    await options.previous;
    progress = new StreamProgress(lambda.checkpoints.get(UUID) ?? {done: []});
    let wait = firstPause;
    while (!signal.aborted) {
      try {
        const seen = writes;
        if (progress.outstanding >= room) {
          await pauseUntil(idleMilliseconds, end => {
            onRoom = end;
          });
          continue;
        }
        const {records, ended} = await reader.read(progress.readUpTo);
        for (const record of records) take(record);
        if (records.length > 0) save();
        startLanes();
        wait = firstPause;
        if (ended) return;
        if (records.length === 0) {
          if (!lambda.lastProcessingResults.has(UUID)) note('No records processed');
          if (writes === seen)
            await pauseUntil(idleMilliseconds, end => {
              onWrite = end;
            });
        }
      } catch (error) {
        if (signal.aborted) return;
        note(`PROBLEM: ${(error as Error).message}`);
        await pause(wait, clock, signal);
        wait = Math.min(wait * 2, longestPause);
      }
    }
  }

  const unsubscribe = streams.onRecords(streamArn => {
    if (streamArn !== mapping.EventSourceArn) return;
    writes++;
    onWrite();
  });
  const polling = poll();
  return {
    async stop() {
      unsubscribe();
      stopping.abort();
      await polling;
      await Promise.all(lanes.map(({work}) => work));
    },
  };
}

function laneOf(keys: object, count: number): number {
  return count === 1 ? 0 : createHash('md5').update(JSON.stringify(keys)).digest().readUInt32BE() % count;
}
