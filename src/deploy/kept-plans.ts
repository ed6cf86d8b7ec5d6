import type {AwsClients} from '../aws/clients.ts';
import {type ChangeSet, openChangeSets, readChangeSet} from './change-set.ts';
import {readDeployed} from './read-deployed.ts';
import type {StackDescription} from './read-stack.ts';
import {type Review, reviewChangeSet} from './review/review.ts';

/** A change set that waits to be executed, and what it means for the stack as it is now. */
export interface KeptPlan {
  readonly changeSet: ChangeSet;
  readonly review: Review;
}

/** One after the other, so that who finds the right one need not read the others. */
export async function* keptPlans(
  clients: AwsClients,
  stack: StackDescription,
  file: string,
): AsyncGenerator<KeptPlan, void> {
  const deployed = await readDeployed(clients, stack);
  for (const id of await openChangeSets(clients, stack.id)) {
    const changeSet = await readChangeSet(clients, id);
    if (changeSet !== undefined) yield {changeSet, review: await reviewChangeSet(clients, changeSet, {deployed, file})};
  }
}
