import type {Template} from '../cloudformation/parse.ts';
import {GearError} from '../errors.ts';
import type {StackEvent} from './events.ts';
import {rootCause} from './root-cause.ts';
import type {WatchedRun} from './watch-stack.ts';

interface FailedDeployment {
  readonly stackName: string;
  readonly template: Template;
}

export function deploymentFailed({stackName, template}: FailedDeployment, {stack, events}: WatchedRun): GearError {
  const cause = rootCause(events);
  if (cause === undefined)
    return new GearError(`The stack ${stackName} ended in ${stack.status}: ${stack.reason ?? 'no reason was given'}`, {
      code: 'DEPLOYMENT_FAILED',
    });
  const origin = template.originOf(['Resources', cause.logicalId]);
  const where = 'line' in origin ? `${origin.file}:${origin.line}: ` : '';
  return new GearError(
    `${where}${cause.logicalId} (${cause.resourceType}) failed: ${sentence(cause.reason ?? cause.status)}. ${aftermath(stackName, stack.status)}${kept(events)}`,
    {code: 'DEPLOYMENT_FAILED', suggestions: [nextStep(cause)]},
  );
}

/** A template is not what an alarm went off for. */
function nextStep({resourceType, reason = ''}: StackEvent): string {
  const [deploymentId] = resourceType === 'AWS::Lambda::Alias' ? (/\bd-[A-Z0-9]{9}\b/.exec(reason) ?? []) : [];
  return deploymentId === undefined
    ? 'mend the template at that line and deploy again'
    : `aws deploy get-deployment --deployment-id ${deploymentId}`;
}

function aftermath(stackName: string, status: string): string {
  if (status === 'DELETE_COMPLETE') return `The stack ${stackName} was deleted again`;
  if (status === 'UPDATE_ROLLBACK_COMPLETE') return `The stack ${stackName} was rolled back to what it was`;
  return `The stack ${stackName} is in ${status}`;
}

/** What a DeletionPolicy holds back outlives the failure, belongs to no stack and has to be removed by hand. */
function kept(events: WatchedRun['events']): string {
  const names = events
    .filter(({status}) => status === 'DELETE_SKIPPED')
    .map(({logicalId, physicalId}) => `${logicalId} (${physicalId})`);
  return names.length === 0 ? '' : `; its DeletionPolicy keeps ${names.join(', ')}`;
}

/** Some reasons end in a full stop, some do not. */
function sentence(text: string): string {
  return text.replace(/\.$/, '');
}
