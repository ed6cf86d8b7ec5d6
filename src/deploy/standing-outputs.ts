import type {AwsClients} from '../aws/clients.ts';
import {readStack} from './read-stack.ts';

/** Undefined where nothing stands yet: no stack, one that only exists for a change set, or one that was never created. */
export async function standingOutputs(
  clients: AwsClients,
  stackName: string,
): Promise<Readonly<Record<string, string>> | undefined> {
  const stack = await readStack(clients, stackName);
  const stands = stack !== undefined && !/^(REVIEW_IN_PROGRESS|CREATE_FAILED|ROLLBACK_\w+)$/.test(stack.status);
  return stands ? stack.outputs : undefined;
}
