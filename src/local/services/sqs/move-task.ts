import {randomUUID} from 'node:crypto';
import {ServiceError} from '../../service-error.ts';
import type {Collection} from '../../state.ts';
import {invalidParameter, unsupported} from './errors.ts';
import type {Queue} from './queue.ts';
import {sourcesOf} from './redrive.ts';
import type {SqsStore} from './store.ts';

/** A redrive of a dead-letter queue; durable, so that it goes on after a restart. */
export interface MoveTask {
  readonly id: string;
  readonly sourceArn: string;
  readonly destinationArn?: string;
  readonly perSecond?: number;
  readonly status: 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';
  readonly moved: number;
  readonly toMove: number;
  readonly startedAt: number;
  readonly failureReason?: string;
}

export function startMoveTask(
  store: SqsStore,
  {sourceArn, destinationArn, perSecond}: Pick<MoveTask, 'sourceArn' | 'destinationArn' | 'perSecond'>,
): MoveTask {
  const source = existing(store, sourceArn);
  if (sourcesOf(store, source).length === 0)
    throw invalidParameter('Source queue must be configured as a Dead Letter Queue.');
  if (destinationArn !== undefined) existing(store, destinationArn);
  if (destinationArn === sourceArn)
    throw invalidParameter('Source queue arn and destination queue arn cannot be the same.');
  if (perSecond !== undefined && (perSecond < 1 || perSecond > 500))
    throw invalidParameter(
      `Value ${perSecond} for parameter MaxNumberOfMessagesPerSecond is invalid. Reason: Must be between 1 and 500.`,
    );
  if (moveTasksOf(store, sourceArn).some(({status}) => status === 'RUNNING'))
    throw unsupported(
      'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
    );
  const task: MoveTask = {
    id: randomUUID(),
    sourceArn,
    ...(destinationArn !== undefined && {destinationArn}),
    ...(perSecond !== undefined && {perSecond}),
    status: 'RUNNING',
    moved: 0,
    toMove: source.counts(store.clock.now()).visible,
    startedAt: store.clock.now(),
  };
  tasksIn(store).set(task.id, task);
  store.clock.after(0, () => step(store, task.id));
  return task;
}

/** Newest first. */
export function moveTasksOf(store: SqsStore, sourceArn: string): MoveTask[] {
  return [...tasksIn(store).values()]
    .filter(task => task.sourceArn === sourceArn)
    .sort((a, b) => b.startedAt - a.startedAt);
}

/** How many had been moved. */
export function cancelMoveTask(store: SqsStore, handle: string): number {
  const task = tasksIn(store).get(taskOfHandle(handle).taskId);
  if (task?.status !== 'RUNNING')
    throw new ServiceError('ResourceNotFoundException', 'The task handle does not belong to a running task.', {
      status: 404,
    });
  tasksIn(store).set(task.id, {...task, status: 'CANCELLED'});
  return task.moved;
}

/** As in AWS, base64 of a document that names task and source. */
export function handleOf(task: MoveTask): string {
  return Buffer.from(JSON.stringify({taskId: task.id, sourceArn: task.sourceArn})).toString('base64');
}

export function taskOfHandle(handle: string): {readonly taskId: string; readonly sourceArn: string} {
  try {
    const {taskId, sourceArn} = JSON.parse(Buffer.from(handle, 'base64').toString());
    if (typeof taskId === 'string' && typeof sourceArn === 'string') return {taskId, sourceArn};
  } catch {
    // Not one of ours: the same answer as for any other unreadable handle.
  }
  throw invalidParameter('Value for parameter TaskHandle is invalid.');
}

/** Goes on with the tasks that a stop interrupted. */
export function resumeMoveTasks(store: SqsStore): void {
  for (const task of [...tasksIn(store).values()])
    if (task.status === 'RUNNING') store.clock.after(0, () => step(store, task.id));
}

/** Moves one second's share and comes back for the next. */
function step(store: SqsStore, id: string): void {
  const task = store.closed ? undefined : tasksIn(store).get(id);
  if (task?.status !== 'RUNNING') return;
  const source = store.queueOfArn(task.sourceArn);
  const after =
    source === undefined ? fail(task, 'AWS.SimpleQueueService.NonExistentQueue') : move(store, source, task);
  tasksIn(store).set(id, after);
  if (after.status === 'RUNNING') store.clock.after(task.perSecond === undefined ? 0 : 1000, () => step(store, id));
}

function move(store: SqsStore, source: Queue, task: MoveTask): MoveTask {
  let {moved} = task;
  const share = task.perSecond ?? 100;
  const due = [];
  for (const entry of source.visible(store.clock.now())) if (due.push(entry) === share) break;
  for (const entry of due) {
    const destinationArn = task.destinationArn ?? entry.message.deadLetterSource;
    if (destinationArn === undefined) return fail({...task, moved}, 'CouldNotDetermineMessageSource');
    const destination = store.queueOfArn(destinationArn);
    if (destination === undefined) return fail({...task, moved}, 'AWS.SimpleQueueService.NonExistentQueue');
    store.resend(entry, source, destination);
    moved++;
  }
  return {...task, moved, status: due.length < share || moved >= task.toMove ? 'COMPLETED' : 'RUNNING'};
}

function fail(task: MoveTask, failureReason: string): MoveTask {
  return {...task, status: 'FAILED', failureReason};
}

function tasksIn(store: SqsStore): Collection<MoveTask> {
  return store.state.collection('sqs move tasks');
}

function existing(store: SqsStore, arn: string): Queue {
  const queue = store.queueOfArn(arn);
  if (queue === undefined)
    throw new ServiceError(
      'ResourceNotFoundException',
      "The resource that you specified for the SourceArn parameter doesn't exist.",
      {status: 404},
    );
  return queue;
}
