import {randomUUID} from 'node:crypto';
import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import {GearError} from '../errors.ts';
import type {ChangeSet} from './change-set.ts';
import type {DeployEvent} from './events.ts';
import {goesOn} from './goes-on.ts';
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
    throw goesOn(error, stackName, `gear deploy --watch --stack ${stackName}`);
  }
}

async function execute(
  clients: AwsClients,
  {id, stackId}: ChangeSet,
  {stackName, pollMilliseconds, signal}: Execution,
  after: string | undefined,
): Promise<void> {
  const token = `gear-${randomUUID()}`;
  const pace = {pollMilliseconds, ...(signal === undefined ? {} : {signal})};
  const client = await clients.cloudFormation();
  try {
    await persist(() => client.executeChangeSet({ChangeSetName: id, ClientRequestToken: token}), pace);
  } catch (error) {
    // An answer that was lost on its way looks like a refusal: what the stack says of itself decides.
    const events = await persist(() => readEvents(clients, stackId, {after}), pace).catch(() => {
      throw maybeExecuted(error, stackName);
    });
    if (events.some(({clientRequestToken}) => clientRequestToken === token)) return;
    // What is wrong with the change set itself is nobody else's doing, even where the attempt has left an event.
    if (events.length > 0 && (error as Error).name !== 'ValidationError') throw changedMeanwhile(stackName, error);
    throw stackChanged(stackName, error) ?? describeAwsError(error, 'execute the change set');
  }
}

function maybeExecuted(error: unknown, stackName: string): unknown {
  const described = describeAwsError(error, 'execute the change set');
  if (!(described instanceof GearError)) return described;
  return new GearError(`${described.message}. Whether CloudFormation executes it all the same is not known`, {
    code: described.code,
    suggestions: [`gear deploy --watch --stack ${stackName}`, ...described.suggestions],
    cause: error,
  });
}
