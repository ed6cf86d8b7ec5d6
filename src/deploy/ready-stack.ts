import type {AwsClients} from '../aws/clients.ts';
import {GearError} from '../errors.ts';
import {newestEventId} from './read-events.ts';
import {readStack, type StackDescription} from './read-stack.ts';
import {watchStack} from './watch-stack.ts';

interface WantedStack {
  readonly stackName: string;
  readonly pollMilliseconds: number;
}

/** The stack when it can be updated, nothing when it has to be created; what a failed creation left is removed first. */
export async function readyStack(
  clients: AwsClients,
  {stackName: name, pollMilliseconds}: WantedStack,
): Promise<StackDescription | undefined> {
  const stack = await readStack(clients, name);
  if (stack === undefined || stack.status === 'REVIEW_IN_PROGRESS') return undefined;
  if (stack.status === 'ROLLBACK_COMPLETE' || stack.status === 'CREATE_FAILED') {
    await (await clients.cloudFormation()).deleteStack({StackName: stack.id});
    await watchStack(clients, stack.id, {
      after: await newestEventId(clients, stack.id),
      pollMilliseconds,
      onEvent: () => {},
    });
    return undefined;
  }
  if (stack.status.endsWith('_IN_PROGRESS'))
    throw new GearError(`The stack ${name} is busy: it is in ${stack.status}`, {
      code: 'STACK_BUSY',
      suggestions: ['the same command when it has settled'],
    });
  if (stack.status.endsWith('_FAILED'))
    throw new GearError(
      `The stack ${name} cannot be updated: it is in ${stack.status}${stack.reason === undefined ? '' : ` (${stack.reason})`}`,
      {
        code: 'STACK_NOT_UPDATABLE',
        suggestions: [`aws cloudformation continue-update-rollback --stack-name ${name}`],
      },
    );
  return stack;
}
