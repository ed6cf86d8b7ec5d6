import {setTimeout as sleep} from 'node:timers/promises';
import type {AwsClients} from '../aws/clients.ts';
import type {StackEvent, TrafficEvent} from './events.ts';
import {followEvents} from './follow-events.ts';
import {persist} from './persist.ts';
import {readStack, type StackDescription} from './read-stack.ts';
import {watchTraffic} from './watch-traffic.ts';

export interface WatchOptions {
  /** Events up to this one are old. */
  readonly after: string | undefined;
  readonly pollMilliseconds: number;
  readonly signal?: AbortSignal;
  onEvent(event: StackEvent | TrafficEvent): void;
}

export interface WatchedRun {
  readonly stack: StackDescription;
  /** Oldest first. */
  readonly events: readonly StackEvent[];
}

/** Follows a stack until it settles. `stackId` is its ARN, by which a deleted one is still found. */
export async function watchStack(
  clients: AwsClients,
  stackId: string,
  {after, pollMilliseconds, signal, onEvent}: WatchOptions,
): Promise<WatchedRun> {
  const events: StackEvent[] = [];
  const pace = {pollMilliseconds, ...(signal === undefined ? {} : {signal})};
  const traffic = watchTraffic(clients, onEvent);
  const follow = followEvents(clients, stackId, after);
  const poll = async () => {
    for (const event of await persist(follow, pace)) {
      events.push(event);
      onEvent(event);
      traffic.heard(event);
    }
    await traffic.look();
  };
  const pause = () => sleep(pollMilliseconds, undefined, signal && {signal});
  for (;;) {
    const stack = await persist(() => readStack(clients, stackId), pace);
    // The events are read after the state: what settled the stack is then among them.
    await poll();
    if (stack === undefined || stack.status.endsWith('_IN_PROGRESS')) {
      await pause();
      continue;
    }
    // The list of events can be behind the state: the reason of a failure would be missed.
    if (!tellsTheEnd(events, stack)) {
      await pause();
      await poll();
    }
    return {stack, events: inOrder(events)};
  }
}

/** A nested stack is read after the one above, so that it may tell of something later before that one tells of its cause. */
function inOrder(events: readonly StackEvent[]): readonly StackEvent[] {
  if (events.every(({within}) => within.length === 0)) return events;
  return [...events].sort((a, b) => a.time.getTime() - b.time.getTime());
}

function tellsTheEnd(events: readonly StackEvent[], {status}: StackDescription): boolean {
  return events.some(event => event.isStack && event.within.length === 0 && event.status === status);
}
