import {setTimeout as sleep} from 'node:timers/promises';
import type {StackEvent as AwsStackEvent} from '@aws-sdk/client-cloudformation';
import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import type {StackEvent, TrafficEvent} from './events.ts';
import {readStack, type StackDescription} from './read-stack.ts';
import {watchTraffic} from './watch-traffic.ts';

interface WatchOptions {
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
  const traffic = watchTraffic(clients, onEvent);
  let newest = after;
  const poll = async () => {
    for (const event of await readEvents(clients, stackId, newest)) {
      events.push(event);
      newest = event.id;
      onEvent(event);
      traffic.heard(event);
    }
    await traffic.look();
  };
  for (;;) {
    const stack = await readStack(clients, stackId);
    // The events are read after the state: what settled the stack is then among them.
    await poll();
    if (stack !== undefined && !stack.status.endsWith('_IN_PROGRESS')) return {stack, events};
    await sleep(pollMilliseconds, undefined, signal && {signal});
  }
}

/** The newest event's id, so that a run knows which events are its own. */
export async function newestEventId(clients: AwsClients, stackId: string): Promise<string | undefined> {
  const {StackEvents = []} = await (await clients.cloudFormation()).describeStackEvents({StackName: stackId});
  return StackEvents[0]?.EventId;
}

/** Newer than `after`, oldest first. AWS answers newest first, in pages. */
async function readEvents(clients: AwsClients, stackId: string, after: string | undefined): Promise<StackEvent[]> {
  const client = await clients.cloudFormation();
  const found: StackEvent[] = [];
  try {
    for (let token: string | undefined; ; ) {
      const {StackEvents = [], NextToken} = await client.describeStackEvents({StackName: stackId, NextToken: token});
      for (const event of StackEvents) {
        if (event.EventId === after) return found.reverse();
        found.push(stackEvent(event));
      }
      if (NextToken === undefined) return found.reverse();
      token = NextToken;
    }
  } catch (error) {
    throw describeAwsError(error, 'read the stack’s events');
  }
}

export function stackEvent(event: AwsStackEvent): StackEvent {
  return {
    type: 'stack-event',
    id: event.EventId!,
    time: event.Timestamp!,
    logicalId: event.LogicalResourceId!,
    physicalId: event.PhysicalResourceId,
    resourceType: event.ResourceType!,
    status: event.ResourceStatus!,
    reason: event.ResourceStatusReason,
    isStack: event.PhysicalResourceId === event.StackId,
  };
}
