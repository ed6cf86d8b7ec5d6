import type {Template} from '../cloudformation/parse.ts';
import {GearError} from '../errors.ts';
import {pathOf, type StackEvent} from './events.ts';
import {failureReason, namedProperty, readReason} from './failure-reason.ts';
import {remedyFor} from './remedies.ts';
import {ownReason, rollbackCause, rootCause, stuckResources} from './root-cause.ts';
import type {WatchedRun} from './watch-stack.ts';

interface FailedDeployment {
  readonly stackName: string;
  /** Absent where the stack is all that is known: a failure then has no line. */
  readonly template?: Template | undefined;
}

/** Why a deployment failed, at the template's line, what became of the stack, and what to do. */
export function deploymentFailed({stackName, template}: FailedDeployment, {stack, events}: WatchedRun): GearError {
  const cause = rootCause(events);
  const failed = (message: string, suggestions: readonly string[]) =>
    new GearError(`${message}${kept(events)}`, {
      code: 'DEPLOYMENT_FAILED',
      suggestions: [
        ...suggestions,
        ...(stack.status === 'UPDATE_ROLLBACK_FAILED' ? continuations(stackName, events) : []),
      ],
    });
  const ending = aftermath(stackName, stack.status, events);
  if (cause === undefined) {
    const reason = ownReason(events) ?? (stack.reason && readReason(stack.reason).text) ?? 'no reason was given';
    if (/^User Initiated/.test(reason)) return failed(`The deployment of ${stackName} was cancelled. ${ending}`, []);
    return failed(`The deployment of ${stackName} failed: ${reason}. ${ending}`, []);
  }
  const {text, code} = failureReason(cause);
  const known = code === undefined || text.includes(code) ? '' : ` (${code})`;
  const name = pathOf(cause);
  return failed(
    `${where(cause, text, template)}${name} (${cause.resourceType}) failed: ${text}${known}. ${ending}`,
    deploymentOf(cause) ??
      remedyFor({resource: name, resourceType: cause.resourceType, text, code})?.advice ?? [
        'mend the template at that line and deploy again',
      ],
  );
}

/** Of a nested stack's resource, the line at which this template has the nested stack. */
function where({logicalId, within}: StackEvent, text: string, template: Template | undefined): string {
  if (template === undefined) return '';
  const resource = ['Resources', within[0] ?? logicalId];
  const declared = (template.body.Resources as Record<string, {Properties?: unknown}> | undefined)?.[resource[1]!];
  const property = within.length === 0 ? namedProperty(text, declared?.Properties) : undefined;
  const origin = template.originOf(property === undefined ? resource : [...resource, 'Properties', ...property]);
  return 'line' in origin ? `${origin.file}:${origin.line}:${origin.column}: ` : '';
}

/** A template is not what an alarm went off for. */
function deploymentOf({resourceType, reason = ''}: StackEvent): readonly string[] | undefined {
  const [deploymentId] = resourceType === 'AWS::Lambda::Alias' ? (/\bd-[A-Z0-9]{9}\b/.exec(reason) ?? []) : [];
  return deploymentId === undefined ? undefined : [`aws deploy get-deployment --deployment-id ${deploymentId}`];
}

function aftermath(stackName: string, status: string, events: readonly StackEvent[]): string {
  if (status === 'DELETE_COMPLETE') return `The stack ${stackName} was deleted again`;
  if (status === 'UPDATE_ROLLBACK_COMPLETE') return `The stack ${stackName} was rolled back to what it was`;
  if (status === 'ROLLBACK_COMPLETE')
    return `The stack ${stackName} was rolled back; the next deployment removes what is left of it`;
  const stuck = /^(UPDATE_ROLLBACK|ROLLBACK|DELETE)_FAILED$/.test(status) ? rollbackCause(events) : undefined;
  if (stuck === undefined) return `The stack ${stackName} is in ${status}`;
  return `The stack ${stackName} is in ${status}, for ${pathOf(stuck)} (${stuck.resourceType}) could not go back: ${failureReason(stuck).text}`;
}

/** How to bring a stack on whose rollback failed. */
export function continuations(stackName: string, events: readonly StackEvent[]): readonly string[] {
  const stuck = stuckResources(events);
  const command = `gear deploy --continue-rollback --stack ${stackName}`;
  if (stuck.length === 0) return [command];
  const skipped = stuck.map(id => ` --skip ${id}`).join('');
  return [
    `${command}, when what hinders it is mended`,
    `${command}${skipped}, which leaves ${stuck.join(' and ')} as ${stuck.length === 1 ? 'it is' : 'they are'}`,
  ];
}

function kept(events: readonly StackEvent[]): string {
  const names = keptResources(events);
  return names.length === 0 ? '' : `; its DeletionPolicy keeps ${names.join(', ')}`;
}

/** What a DeletionPolicy holds back outlives the failure, belongs to no stack and has to be removed by hand. */
export function keptResources(events: readonly StackEvent[]): readonly string[] {
  const kept = events.filter(({status}) => status === 'DELETE_SKIPPED');
  return [...new Set(kept.map(event => `${pathOf(event)} (${event.physicalId})`))];
}
