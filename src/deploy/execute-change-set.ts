import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import type {ChangeSet} from './change-set.ts';
import type {DeployEvent} from './events.ts';
import {newestEventId} from './read-events.ts';
import {type WatchedRun, watchStack} from './watch-stack.ts';

interface Execution {
  readonly pollMilliseconds: number;
  readonly signal?: AbortSignal;
  onEvent(event: DeployEvent): void;
}

export async function executeChangeSet(
  clients: AwsClients,
  changeSet: ChangeSet,
  {pollMilliseconds, signal, onEvent}: Execution,
): Promise<WatchedRun> {
  const after = await newestEventId(clients, changeSet.stackId);
  try {
    await (await clients.cloudFormation()).executeChangeSet({ChangeSetName: changeSet.id});
  } catch (error) {
    throw describeAwsError(error, 'execute the change set');
  }
  return watchStack(clients, changeSet.stackId, {
    after,
    pollMilliseconds,
    onEvent,
    ...(signal === undefined ? {} : {signal}),
  });
}
