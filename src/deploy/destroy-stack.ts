import type {AwsClients} from '../aws/clients.ts';
import {GearError} from '../errors.ts';
import {deleteAndWatch, type Heard} from './delete-and-watch.ts';
import type {DestroyPlan, OwnedBucket} from './destroy-plan.ts';
import {type Emptied, emptyBucket} from './empty-bucket.ts';
import {pathOf, type StackEvent} from './events.ts';
import {type FreedStack, freedStacks} from './freed-stacks.ts';
import {type InterfacesEvent, watchInterfaces} from './lingering-interfaces.ts';
import {rootCause} from './root-cause.ts';
import {stillAsPlanned} from './still-as-planned.ts';
import type {WatchedRun} from './watch-stack.ts';

export type DestroyEvent =
  | ({readonly type: 'emptying'; readonly bucket: string} & Emptied)
  | {readonly type: 'deleting'; readonly stackName: string; readonly resources: number}
  /** ^C, from the moment on that CloudFormation was to be asked. */
  | {readonly type: 'interrupted'; readonly heard: Heard}
  /** Somebody else deletes it, or has done so, since it was planned: nothing is emptied for that. */
  | {readonly type: 'overtaken'; readonly stackName: string}
  | {readonly type: 'written-to'; readonly logicalId: string}
  | ({readonly type: 'freed'} & FreedStack)
  | InterfacesEvent
  | StackEvent;

export interface Destruction {
  readonly plan: DestroyPlan;
  /** The account, which must own the buckets. */
  readonly owner: string;
  readonly pollMilliseconds: number;
  readonly signal?: AbortSignal;
  onEvent(event: DestroyEvent): void;
}

export interface Destroyed {
  readonly retained: readonly RetainedResource[];
  readonly emptied: readonly ({readonly bucket: string} & Emptied)[];
}

export interface RetainedResource {
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  /** A table that DynamoDB does not delete as it is. */
  readonly isProtected?: true;
}

/** How often buckets are emptied again because something went on writing until its own deletion. */
const attempts = 3;

/** Empties the buckets that go, deletes the stack and follows it. Throws GearError DELETION_FAILED with the root cause. */
export async function destroyStack(clients: AwsClients, destruction: Destruction): Promise<Destroyed> {
  const {plan, onEvent} = destruction;
  const emptied = new Map<string, Emptied>();
  const isOurs = await stillAsPlanned(clients, plan);
  if (!isOurs) onEvent({type: 'overtaken', stackName: plan.stackName});
  const isFollowed = !isOurs || plan.status === 'DELETE_IN_PROGRESS';
  const events: StackEvent[] = [];
  let remaining = isOurs ? plan.buckets : [];
  for (let refills = 0; ; ) {
    for (const {bucket} of remaining) {
      const before = emptied.get(bucket) ?? {versions: 0, uploads: 0};
      const after = await empty(clients, bucket, destruction);
      emptied.set(bucket, {versions: before.versions + after.versions, uploads: before.uploads + after.uploads});
    }
    // CloudFormation takes the names of those that have failed only, and one that was given up is none of them any more.
    const retain = isOurs ? plan.retainedByHand.filter(id => !hasGivenUp(events, id)) : [];
    const run = await deleteOnce(clients, destruction, retain);
    events.push(...run.events);
    if (run.stack.status === 'DELETE_COMPLETE')
      return {
        retained: retainedIn(events, plan, isFollowed),
        emptied: [...emptied].map(([bucket, contents]) => ({bucket, ...contents})),
      };
    remaining = isOurs ? writtenTo(run.events, plan.buckets) : [];
    const freed = isOurs ? freedStacks(run.events) : [];
    if (remaining.length > 0) refills += 1;
    if (remaining.length + freed.length === 0 || refills === attempts) throw deletionFailed(plan, run, remaining);
    for (const {logicalId} of remaining) onEvent({type: 'written-to', logicalId});
    for (const stack of freed) onEvent({type: 'freed', ...stack});
  }
}

function hasGivenUp(events: readonly StackEvent[], id: string): boolean {
  return events.some(
    ({status, within, logicalId}) => status === 'DELETE_SKIPPED' && within.length === 0 && logicalId === id,
  );
}

async function empty(clients: AwsClients, bucket: string, {owner, signal, onEvent}: Destruction): Promise<Emptied> {
  return emptyBucket(clients, {
    bucket,
    owner,
    ...(signal === undefined ? {} : {signal}),
    onProgress: emptied => onEvent({type: 'emptying', bucket, ...emptied}),
  });
}

/** A deletion that is under way already is only followed. */
async function deleteOnce(
  clients: AwsClients,
  {plan: {stackId, stackName, deleted, inNetwork}, pollMilliseconds, signal, onEvent}: Destruction,
  retain: readonly string[],
): Promise<WatchedRun> {
  const everyMilliseconds = pollMilliseconds * pollsBetweenLooks;
  const interfaces = watchInterfaces(clients, {inNetwork, everyMilliseconds, onEvent});
  try {
    return await deleteAndWatch(
      clients,
      {id: stackId, name: stackName},
      {
        pollMilliseconds,
        retain,
        begins: () => onEvent({type: 'deleting', stackName, resources: deleted.length}),
        interrupted: heard => void onEvent({type: 'interrupted', heard}),
        onEvent(event) {
          if (event.type !== 'stack-event') return;
          interfaces.heard(event);
          onEvent(event);
        },
        ...(signal === undefined ? {} : {signal}),
      },
    );
  } finally {
    interfaces.end();
  }
}

/** Every thirty seconds, for what takes half an hour. */
const pollsBetweenLooks = 15;

function writtenTo(events: readonly StackEvent[], buckets: readonly OwnedBucket[]): readonly OwnedBucket[] {
  const failed = events.filter(({status, reason = ''}) => status === 'DELETE_FAILED' && /not empty/i.test(reason));
  return buckets.filter(({bucket}) => failed.some(({physicalId}) => physicalId === bucket));
}

/** What CloudFormation itself said that it skipped, with what the nested stacks of the plan hold back. */
function retainedIn(
  events: readonly StackEvent[],
  {retained, deleted, protectedTables}: DestroyPlan,
  isFollowed: boolean,
): readonly RetainedResource[] {
  const skipped = events
    .filter(({status}) => status === 'DELETE_SKIPPED')
    .map(event => ({logicalId: pathOf(event), physicalId: event.physicalId ?? '', type: event.resourceType}))
    // Each attempt may say it again.
    .filter(({logicalId}, index, all) => all.findIndex(other => other.logicalId === logicalId) === index);
  // What was skipped before gear looked on is not among the events, and what is nested may not be.
  const unseen = retained.filter(
    ({logicalId, status}) =>
      (isFollowed || status === 'DELETE_SKIPPED' || logicalId.includes('/')) &&
      !skipped.some(event => event.logicalId === logicalId),
  );
  const functions = deleted.filter(({type}) => type === 'AWS::Lambda::Function').map(({physicalId}) => physicalId);
  return [...skipped, ...unseen.map(({logicalId, physicalId, type}) => ({logicalId, physicalId, type}))]
    .filter(
      // Versions have no life after that of their function.
      ({type, physicalId}) => type !== 'AWS::Lambda::Version' || !functions.includes(physicalId.split(':')[6] ?? ''),
    )
    .map(resource => (protectedTables.includes(resource.physicalId) ? {...resource, isProtected: true} : resource));
}

function deletionFailed(
  {stackName}: DestroyPlan,
  {stack, events}: WatchedRun,
  refilled: readonly OwnedBucket[],
): GearError {
  const cause = rootCause(events);
  // Of a nested stack only all can be kept: what failed within it is the stack itself here.
  const failed = events.filter(
    ({status, isStack, within}) => status === 'DELETE_FAILED' && !isStack && within.length === 0,
  );
  const still = [...new Set(failed.map(({logicalId}) => logicalId))];
  const why =
    cause === undefined
      ? (stack.reason ?? 'no reason was given')
      : `${cause.logicalId} (${cause.resourceType}) failed: ${cause.reason ?? cause.status}`;
  return new GearError(`The stack ${stackName} ended in ${stack.status}: ${why.replace(/\.?\s*$/, '')}`, {
    code: 'DELETION_FAILED',
    suggestions: [
      ...(refilled.length === 0
        ? []
        : [
            `stop what writes to ${refilled.map(({logicalId}) => logicalId).join(', ')}: gear emptied it ${attempts} times`,
          ]),
      `gear destroy --stack ${stackName}, once the cause is gone`,
      ...(still.length === 0
        ? []
        : [
            `gear destroy --stack ${stackName} ${still.map(id => `--retain ${id}`).join(' ')}, to give up what it fails on: it stays, outside of the stack`,
          ]),
    ],
  });
}
