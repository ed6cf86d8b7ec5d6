import type {AwsClients} from '../aws/clients.ts';
import {type StackResource, stackResources} from '../aws/stack-resources.ts';
import {exitCodes, GearError} from '../errors.ts';
import {deleteAndWatch} from './delete-and-watch.ts';
import type {DeployEvent} from './events.ts';
import {holdsData} from './holds-data.ts';
import {interrupted} from './interrupted.ts';
import type {StackDescription} from './read-stack.ts';
import {rootCause} from './root-cause.ts';

export interface WantedStack {
  readonly stackName: string;
  readonly pollMilliseconds: number;
  readonly signal?: AbortSignal;
  onEvent(event: DeployEvent): void;
  /** Before a stack that a failed creation left is deleted; nobody is asked where it is absent. */
  confirm?(question: string): Promise<boolean>;
}

/** Deletes a stack whose creation failed, for it can be nothing else any more. Throws when something of value is in it. */
export async function clearAway(
  clients: AwsClients,
  {id, name, status}: StackDescription,
  {pollMilliseconds, signal, onEvent, confirm}: WantedStack,
): Promise<void> {
  const held = (await stackResources(clients, id)).filter(isHeld);
  if (held.length > 0) throw holds(name, status, held);
  if (confirm !== undefined && !(await confirm(`Delete the stack ${name}, which a failed creation left in ${status}?`)))
    throw new GearError(`Nothing was deployed: the stack ${name} is still in ${status}`, {
      code: 'NOT_APPROVED',
      exit: exitCodes.approval,
    });
  onEvent({type: 'step', step: 'clear-away', detail: `${name}: a creation that failed left it in ${status}`});
  const {stack, events} = await deleteAndWatch(
    clients,
    {id, name},
    {
      pollMilliseconds,
      onEvent: () => {},
      ...(signal === undefined ? {} : {signal}),
      interrupted(heard) {
        if (heard === 'nothing') return undefined;
        const deletion = `what a failed creation left of ${name}`;
        return interrupted(
          heard === 'deletes'
            ? `Nothing was deployed. CloudFormation goes on deleting ${deletion}`
            : `Nothing was deployed. Whether CloudFormation deletes ${deletion} is not known: no answer came`,
        );
      },
    },
  );
  if (stack.status === 'DELETE_COMPLETE') return;
  const cause = rootCause(events);
  throw new GearError(
    `What a failed creation left of ${name} could not be deleted: ${cause === undefined ? stack.status : `${cause.logicalId} (${cause.resourceType}): ${cause.reason}`}`,
    {code: 'STACK_NOT_UPDATABLE', suggestions: [`aws cloudformation delete-stack --stack-name ${name}`]},
  );
}

/** Kept by its DeletionPolicy, or still there with what may be data in it. */
function isHeld({status, type}: StackResource): boolean {
  return status === 'DELETE_SKIPPED' || holdsData(type);
}

function holds(name: string, status: string, held: readonly StackResource[]): GearError {
  const names = held.map(({logicalId, physicalId}) => `${logicalId} (${physicalId})`).join(', ');
  return new GearError(
    `The stack ${name} is in ${status}, and has to be deleted before it can be created; gear does not do it, for it holds ${names}`,
    {
      code: 'STACK_HOLDS_DATA',
      suggestions: [
        'save what is in it, or see that nobody needs it',
        `aws cloudformation delete-stack --stack-name ${name}, then gear deploy`,
      ],
    },
  );
}
