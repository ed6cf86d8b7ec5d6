import type {AwsClients} from '../aws/clients.ts';
import {readStack} from './read-stack.ts';

/**
 * A stack that was made for a change set only goes with the last of them. It stays when another deployment has executed
 * one of its own meanwhile, for that stack is now being created.
 */
export async function deleteForsaken(clients: AwsClients, stackId: string, deletedChangeSet: string): Promise<void> {
  const stack = await readStack(clients, stackId);
  if (stack?.status !== 'REVIEW_IN_PROGRESS') return;
  const client = await clients.cloudFormation();
  const {Summaries = []} = await client.listChangeSets({StackName: stackId});
  if (Summaries.some(({ChangeSetId}) => ChangeSetId !== deletedChangeSet)) return;
  await client.deleteStack({StackName: stackId});
}
