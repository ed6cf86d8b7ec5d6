import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import {noStack} from './no-stack.ts';
import {readStack, type StackDescription} from './read-stack.ts';

/**
 * The stack of that name; when there is none, the one that was deleted last: a creation that fails takes its stack
 * along, and whoever asks how it ended finds it by its ARN only.
 */
export async function findLatestStack(clients: AwsClients, stackName: string): Promise<StackDescription> {
  const stack = (await readStack(clients, stackName)) ?? (await lastDeleted(clients, stackName));
  if (stack === undefined) throw noStack(stackName);
  return stack;
}

async function lastDeleted(clients: AwsClients, stackName: string): Promise<StackDescription | undefined> {
  const client = await clients.cloudFormation();
  let last: {id: string; deleted: Date} | undefined;
  try {
    for (let token: string | undefined; ; ) {
      const {StackSummaries = [], NextToken} = await client.listStacks({
        StackStatusFilter: ['DELETE_COMPLETE'],
        NextToken: token,
      });
      for (const {StackName, StackId, DeletionTime} of StackSummaries)
        if (StackName === stackName && DeletionTime !== undefined && !(last && last.deleted > DeletionTime))
          last = {id: StackId!, deleted: DeletionTime};
      if (NextToken === undefined) break;
      token = NextToken;
    }
  } catch (error) {
    throw describeAwsError(error, `look for the stack ${stackName}`);
  }
  return last && readStack(clients, last.id);
}
