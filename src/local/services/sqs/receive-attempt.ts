import type {Clock} from '../../clock.ts';
import type {Entry} from './entry.ts';
import {invalidParameter} from './errors.ts';
import type {Queue} from './queue.ts';

interface Attempt {
  readonly until: number;
  readonly received: readonly {
    readonly entry: Entry;
    readonly receipt: string | undefined;
    readonly visibleAt: number;
  }[];
}

/**
 * A FIFO receive repeated with the same attempt id within five minutes gets the same messages and handles, as long as
 * none of them was deleted or changed. Kept in memory: after a restart the visibility timeout has to run out.
 */
export async function repeatReceive(
  {clock, attempts: ofQueues}: {readonly clock: Clock; readonly attempts: Attempts},
  queue: Queue,
  attemptId: string | undefined,
  receive: () => Promise<Entry[]>,
): Promise<readonly Entry[]> {
  if (attemptId === undefined) return receive();
  if (!queue.fifo)
    throw invalidParameter(
      `Value ${attemptId} for parameter ReceiveRequestAttemptId is invalid. Reason: The request includes a parameter that is not valid for this queue type.`,
    );
  const now = clock.now();
  const attempts = attemptsOf(ofQueues, queue, now);
  const known = attempts.get(attemptId);
  if (known?.received.every(({entry, ...then}) => isUnchanged(queue, entry, then, now)))
    return known.received.map(({entry}) => entry);
  const entries = await receive();
  const received = entries.map(entry => ({entry, receipt: entry.delivery?.receipt, visibleAt: entry.visibleAt}));
  if (entries.length > 0) attempts.set(attemptId, {until: now + 300_000, received});
  return entries;
}

function isUnchanged(queue: Queue, entry: Entry, then: {receipt: string | undefined; visibleAt: number}, now: number) {
  return queue.isInFlight(entry, now) && entry.delivery?.receipt === then.receipt && entry.visibleAt === then.visibleAt;
}

function attemptsOf(ofQueues: Attempts, queue: Queue, now: number): Map<string, Attempt> {
  const attempts = ofQueues.get(queue) ?? new Map<string, Attempt>();
  ofQueues.set(queue, attempts);
  for (const [id, {until}] of attempts) if (until <= now) attempts.delete(id);
  return attempts;
}

/** By queue, then by attempt id. */
export type Attempts = WeakMap<Queue, Map<string, Attempt>>;
