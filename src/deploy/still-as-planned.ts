import type {AwsClients} from '../aws/clients.ts';
import {GearError} from '../errors.ts';
import type {DestroyPlan} from './destroy-plan.ts';
import {requireDeletable} from './destroy-refusals.ts';
import {requireNotImported} from './require-not-imported.ts';
import {standingStack} from './standing-stack.ts';

/**
 * Between a plan and what is done of it lie a confirmation and the deletion of other services: minutes in which
 * somebody may have deployed, protected or deleted the stack. Throws GearError where nothing is to be emptied for that;
 * false once somebody else deletes it, or has.
 */
export async function stillAsPlanned(clients: AwsClients, plan: DestroyPlan): Promise<boolean> {
  const {stackId, stackName, status, changed, exporting} = plan;
  if (status === 'DELETE_IN_PROGRESS') return true;
  const stack = await standingStack(clients, stackId);
  if (stack === undefined || stack.StackStatus === 'DELETE_IN_PROGRESS') return false;
  requireDeletable(stack);
  const now = stack.LastUpdatedTime ?? stack.CreationTime;
  const isOther = stack.StackStatus !== status && stack.StackStatus !== 'DELETE_FAILED';
  if (isOther || now?.getTime() !== changed?.getTime())
    throw new GearError(`The stack ${stackName} was changed after it was looked at: nothing of it was deleted`, {
      code: 'STACK_CHANGED',
      suggestions: [`gear destroy --stack ${stackName}, which says what goes now`],
    });
  await requireNotImported(clients, exporting);
  return true;
}
