import {randomUUID} from 'node:crypto';
import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import {troubleOf} from '../aws/trouble.ts';
import {GearError, isAborted} from '../errors.ts';
import type {ChangeSet} from './change-set.ts';
import type {DeployEvent} from './events.ts';
import {goesOn} from './goes-on.ts';
import {persist} from './persist.ts';
import {newestEventId, readEvents} from './read-events.ts';
import {changedMeanwhile, stackChanged} from './stack-changed.ts';
import {type WatchedRun, watchStack} from './watch-stack.ts';

export interface Execution {
  readonly stackName: string;
  readonly pollMilliseconds: number;
  readonly signal?: AbortSignal;
  onEvent(event: DeployEvent): void;
  /** What becomes of a change set that was not executed, and the error that tells of it; without it the change set stays. */
  discard?(error: unknown): Promise<unknown>;
}

export async function executeAndWatch(
  clients: AwsClients,
  changeSet: ChangeSet,
  execution: Execution,
): Promise<WatchedRun> {
  const {stackName, pollMilliseconds, signal, onEvent, discard = async error => error} = execution;
  const pace = {pollMilliseconds, ...(signal === undefined ? {} : {signal})};
  const after = await persist(() => newestEventId(clients, changeSet.stackId), pace).catch(async error => {
    throw await discard(error);
  });
  await execute(clients, changeSet, {...execution, discard}, after);
  // Not before: an interruption until then has executed nothing.
  onEvent({type: 'step', step: 'execute', detail: stackName});
  try {
    return await watchStack(clients, changeSet.stackId, {after, onEvent, ...pace});
  } catch (error) {
    throw goesOn(error, stackName, `gear deploy --watch --stack ${stackName}`);
  }
}

async function execute(
  clients: AwsClients,
  {id, stackId}: ChangeSet,
  {stackName, pollMilliseconds, signal, discard}: Execution & Required<Pick<Execution, 'discard'>>,
  after: string | undefined,
): Promise<void> {
  const token = `gear-${randomUUID()}`;
  const pace = {pollMilliseconds, ...(signal === undefined ? {} : {signal})};
  const client = await clients.cloudFormation();
  let refusal: unknown;
  try {
    await persist(async () => {
      try {
        await client.executeChangeSet({ChangeSetName: id, ClientRequestToken: token});
      } catch (error) {
        refusal = error;
        throw error;
      }
    }, pace);
  } catch (error) {
    // An answer that was lost on its way looks like a refusal: what the stack says of itself decides.
    const events = await persist(() => readEvents(clients, stackId, {after}), pace).catch(() => {
      throw maybeExecuted(refusal, stackName);
    });
    if (events.some(({clientRequestToken}) => clientRequestToken === token)) return;
    // What was interrupted may have been heard, but for what was throttled.
    if (isAborted(error) && troubleOf(refusal) !== 'throttled') throw maybeExecuted(refusal, stackName);
    // What is wrong with the change set itself is nobody else's doing, even where the attempt has left an event.
    if (events.length > 0 && (error as Error).name !== 'ValidationError') throw changedMeanwhile(stackName, error);
    throw stackChanged(stackName, error) ?? (await discard(describeAwsError(error, 'execute the change set')));
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
