import type {AwsClients} from '../aws/clients.ts';
import {GearError} from '../errors.ts';
import {clearAway, type WantedStack} from './clear-away.ts';
import {continuations} from './explain-failure.ts';
import {latestAttempt} from './latest-attempt.ts';
import {persist} from './persist.ts';
import {readEvents} from './read-events.ts';
import {readStack, type StackDescription} from './read-stack.ts';
import {watchUnderWay} from './watch-under-way.ts';

/**
 * The stack when it can be updated, nothing when it has to be created. Another deployment is waited for, what a failed
 * creation left is removed when nothing of value is in it, and of any other state it is said how to get out of it.
 */
export async function readyStack(clients: AwsClients, wanted: WantedStack): Promise<StackDescription | undefined> {
  const {stackName, pollMilliseconds, signal, onEvent} = wanted;
  const pace = {pollMilliseconds, ...(signal === undefined ? {} : {signal})};
  for (;;) {
    const stack = await persist(() => readStack(clients, stackName), pace);
    // What only exists for a change set that nobody executed makes room for another one.
    if (stack === undefined || stack.status === 'REVIEW_IN_PROGRESS') return undefined;
    if (stack.status.endsWith('_IN_PROGRESS')) {
      onEvent({type: 'step', step: 'wait', detail: `${stackName}: it is in ${stack.status}`});
      await watchUnderWay(clients, stack, {...pace, onEvent});
    } else if (neverStood.has(stack.status)) {
      await clearAway(clients, stack, wanted);
      return undefined;
    } else if (stack.status.endsWith('_FAILED') && stack.status !== 'UPDATE_FAILED')
      throw await notUpdatable(clients, stack);
    else return stack;
  }
}

/** States of a stack whose creation failed: it can only be deleted. */
const neverStood = new Set(['CREATE_FAILED', 'ROLLBACK_COMPLETE', 'ROLLBACK_FAILED']);

async function notUpdatable(clients: AwsClients, {id, name, status, reason}: StackDescription): Promise<GearError> {
  const because = reason === undefined ? '' : ` (${reason.replace(/\.$/, '')})`;
  return new GearError(`The stack ${name} cannot be updated: it is in ${status}${because}`, {
    code: 'STACK_NOT_UPDATABLE',
    suggestions: await waysOut(clients, {id, name, status}),
  });
}

async function waysOut(
  clients: AwsClients,
  {id, name, status}: Pick<StackDescription, 'id' | 'name' | 'status'>,
): Promise<readonly string[]> {
  if (status === 'DELETE_FAILED')
    return [`aws cloudformation delete-stack --stack-name ${name}, when what hinders it is gone`];
  if (status !== 'UPDATE_ROLLBACK_FAILED') return [`aws cloudformation describe-stacks --stack-name ${name}`];
  return continuations(name, latestAttempt(await readEvents(clients, id)));
}
