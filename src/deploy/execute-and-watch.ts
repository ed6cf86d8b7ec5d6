import {randomUUID} from 'node:crypto';
import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import {GearError} from '../errors.ts';
import type {ChangeSet} from './change-set.ts';
import type {DeployEvent} from './events.ts';
import {persist} from './persist.ts';
import {newestEventId, readEvents} from './read-events.ts';
import {changedMeanwhile, stackChanged} from './stack-changed.ts';
import {type WatchedRun, watchStack} from './watch-stack.ts';

interface Execution {
  readonly stackName: string;
  readonly pollMilliseconds: number;
  readonly signal?: AbortSignal;
  onEvent(event: DeployEvent): void;
}

export async function executeAndWatch(
  clients: AwsClients,
  changeSet: ChangeSet,
  execution: Execution,
): Promise<WatchedRun> {
  const {stackName, pollMilliseconds, signal, onEvent} = execution;
  const pace = {pollMilliseconds, ...(signal === undefined ? {} : {signal})};
  const after = await persist(() => newestEventId(clients, changeSet.stackId), pace);
  await execute(clients, changeSet, execution, after);
  try {
    return await watchStack(clients, changeSet.stackId, {after, onEvent, ...pace});
  } catch (error) {
    throw goesOn(error, stackName);
  }
}

async function execute(
  clients: AwsClients,
  {id, stackId}: ChangeSet,
  {stackName, pollMilliseconds, signal}: Execution,
  after: string | undefined,
): Promise<void> {
  const token = `gear-${randomUUID()}`;
  try {
    await (await clients.cloudFormation()).executeChangeSet({ChangeSetName: id, ClientRequestToken: token});
  } catch (error) {
    // An answer that was lost on its way looks like a refusal: what the stack says of itself decides.
    const events = await persist(() => readEvents(clients, stackId, {after}), {
      pollMilliseconds,
      ...(signal === undefined ? {} : {signal}),
    }).catch(() => []);
    if (events.some(({clientRequestToken}) => clientRequestToken === token)) return;
    // What is wrong with the change set itself is nobody else's doing, even where the attempt has left an event.
    if (events.length > 0 && (error as Error).name !== 'ValidationError') throw changedMeanwhile(stackName, error);
    throw stackChanged(stackName, error) ?? describeAwsError(error, 'execute the change set');
  }
}

/** Whoever can no longer watch must not believe that it has stopped. */
function goesOn(error: unknown, stackName: string): unknown {
  if (!(error instanceof GearError)) return error;
  return new GearError(`${error.message}. CloudFormation goes on with ${stackName}`, {
    code: error.code,
    suggestions: [...error.suggestions, `gear deploy --watch --stack ${stackName}`],
    exit: error.exit,
    cause: error.cause,
  });
}
