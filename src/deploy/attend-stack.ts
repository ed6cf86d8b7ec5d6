import type {CloudFormation} from '@aws-sdk/client-cloudformation';
import type {AwsClients} from '../aws/clients.ts';
import type {Template} from '../cloudformation/parse.ts';
import {exitCodes, GearError, isAborted} from '../errors.ts';
import {deleteAndWatch} from './delete-and-watch.ts';
import type {DeployEvent} from './events.ts';
import {deploymentFailed, keptResources} from './explain-failure.ts';
import {findLatestStack} from './find-latest-stack.ts';
import {goesOn} from './goes-on.ts';
import {interrupted} from './interrupted.ts';
import {moveStack} from './move-stack.ts';
import {noStack} from './no-stack.ts';
import {persist} from './persist.ts';
import {newestEventId} from './read-events.ts';
import {readStack, type StackDescription} from './read-stack.ts';
import {type WatchedRun, watchStack} from './watch-stack.ts';
import {watchUnderWay} from './watch-under-way.ts';

export interface Attendance {
  readonly stackName: string;
  /** For the lines of what fails. */
  readonly template: Template | undefined;
  readonly pollMilliseconds: number;
  readonly signal?: AbortSignal;
  onEvent(event: DeployEvent): void;
}

export interface AttendedStack {
  readonly stackId: string;
  readonly status: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** Of a creation that was cancelled: what a DeletionPolicy holds back, and now belongs to no stack. */
  readonly kept?: readonly string[];
}

/** Follows the deployment that is under way, or tells of the last one; a failed one throws as it did where it was begun. */
export async function watchDeployment(clients: AwsClients, attendance: Attendance): Promise<AttendedStack> {
  const stack = await findLatestStack(clients, attendance.stackName);
  if (stack.status === 'REVIEW_IN_PROGRESS')
    throw new GearError(`Nothing was deployed to ${stack.name} yet: a change set waits there for its execution`, {
      code: 'NOTHING_UNDER_WAY',
      suggestions: ['gear deploy'],
    });
  const run = await watchUnderWay(clients, stack, attendance);
  requireDeployment(stack.name, run);
  if (!/^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(run.stack.status)) throw deploymentFailed(attendance, run);
  return attended(run);
}

/** A deletion that somebody asked for is none, and has not failed. */
function requireDeployment(name: string, {stack, events}: WatchedRun): void {
  const first = events.find(({isStack, within}) => isStack && within.length === 0);
  if (stack.status !== 'DELETE_COMPLETE' || first?.status !== 'DELETE_IN_PROGRESS') return;
  const kept = keptResources(events);
  throw new GearError(
    `The stack ${name} was deleted${kept.length === 0 ? '' : `; its DeletionPolicy keeps ${kept.join(', ')}`}`,
    {code: 'STACK_DELETED', suggestions: ['gear deploy']},
  );
}

/**
 * Ends what is under way. An update goes back to what it was; a creation has nothing to go back to, and AWS offers no
 * cancellation of it: its stack is deleted, once `confirm` says so.
 */
export async function cancelDeployment(
  clients: AwsClients,
  attendance: Attendance & {confirm(question: string): Promise<boolean>},
): Promise<AttendedStack> {
  const stack = await requireStack(clients, attendance.stackName);
  const {id, name, status} = stack;
  if (status === 'CREATE_IN_PROGRESS') return cancelCreation(clients, stack, attendance);
  if (status !== 'UPDATE_IN_PROGRESS')
    throw new GearError(`There is no update of ${name} to cancel: it is in ${status}`, {code: 'NOT_CANCELLABLE'});
  const run = await moveAndWatch(clients, stack, attendance, {
    doing: 'cancel the update',
    otherwise: `The update of ${name} was not cancelled: CloudFormation goes on with it`,
    ask: client => client.cancelUpdateStack({StackName: id}),
  });
  if (run.stack.status === 'UPDATE_COMPLETE')
    throw new GearError(`The update of ${name} was done before it could be cancelled`, {code: 'NOT_CANCELLABLE'});
  if (run.stack.status !== 'UPDATE_ROLLBACK_COMPLETE') throw deploymentFailed(attendance, run);
  return attended(run);
}

async function cancelCreation(
  clients: AwsClients,
  {id, name}: StackDescription,
  attendance: Attendance & {confirm(question: string): Promise<boolean>},
): Promise<AttendedStack> {
  const question = `${name} is being created, and has nothing to go back to. Delete it with what was created so far?`;
  if (!(await attendance.confirm(question)))
    throw new GearError(`The creation of ${name} goes on: nobody confirmed that the stack is to be deleted`, {
      code: 'NOT_APPROVED',
      exit: exitCodes.approval,
    });
  // The answer may have taken its time, and a stack that stands is not deleted for it.
  const now = await requireStack(clients, id);
  if (now.status !== 'CREATE_IN_PROGRESS')
    throw new GearError(`The creation of ${name} had ended before it could be cancelled: it is in ${now.status}`, {
      code: 'NOT_CANCELLABLE',
    });
  const run = await deleteAndWatch(clients, now, {
    ...attendance,
    interrupted(heard) {
      if (heard === 'deletes') return undefined;
      return interrupted(
        heard === 'nothing'
          ? `The creation of ${name} was not cancelled: CloudFormation goes on with it`
          : `Whether CloudFormation deletes ${name} is not known: no answer came`,
        [`gear deploy --watch --stack ${name}`],
      );
    },
  });
  if (run.stack.status !== 'DELETE_COMPLETE') throw deploymentFailed(attendance, run);
  return {...attended(run), kept: keptResources(run.events)};
}

/** Goes on with a rollback that failed; what is skipped stays as it is, and the stack then takes it for rolled back. */
export async function continueRollback(
  clients: AwsClients,
  attendance: Attendance,
  skip: readonly string[],
): Promise<AttendedStack> {
  const stack = await requireStack(clients, attendance.stackName);
  const {id, name, status} = stack;
  if (status !== 'UPDATE_ROLLBACK_FAILED')
    throw new GearError(`There is no rollback of ${name} to continue: it is in ${status}`, {
      code: 'NOTHING_TO_CONTINUE',
    });
  const run = await moveAndWatch(clients, stack, attendance, {
    doing: 'continue the rollback',
    otherwise: `Nothing was begun: ${name} is still in ${status}`,
    ask: client => client.continueUpdateRollback({StackName: id, ResourcesToSkip: [...skip]}),
  });
  if (run.stack.status !== 'UPDATE_ROLLBACK_COMPLETE') throw deploymentFailed(attendance, run);
  return attended(run);
}

async function moveAndWatch(
  clients: AwsClients,
  stack: StackDescription,
  attendance: Attendance,
  move: {readonly doing: string; readonly otherwise: string; ask(client: CloudFormation): Promise<unknown>},
): Promise<WatchedRun> {
  const {id, name} = stack;
  const after = await persist(() => newestEventId(clients, id), attendance).catch(error => {
    throw isAborted(error) ? interrupted(move.otherwise) : error;
  });
  const client = await clients.cloudFormation();
  await moveStack(clients, stack, {...attendance, ...move, ask: () => move.ask(client)});
  try {
    return await watchStack(clients, id, {...attendance, after});
  } catch (error) {
    throw goesOn(error, name, `gear deploy --watch --stack ${name}`);
  }
}

async function requireStack(clients: AwsClients, stackName: string): Promise<StackDescription> {
  const stack = await readStack(clients, stackName);
  if (stack === undefined) throw noStack(stackName);
  return stack;
}

function attended({stack: {id, status, outputs}}: WatchedRun): AttendedStack {
  return {stackId: id, status, outputs};
}
