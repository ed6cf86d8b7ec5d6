import {matchesAction} from '../../iam/match.ts';
import type {IdentityPolicy} from '../../model/execution-role.ts';
import type {Trigger} from '../../model/lambda-function.ts';
import {isUnresolved} from '../../model/resolvable.ts';
import {withoutQualifier} from '../event-source-kinds.ts';
import {isPing} from '../is-ping.ts';
import type {ScheduledTarget} from './account-calls.ts';

/**
 * EventBridge Scheduler invokes as a role, so no resource policy tells of it; the role does, when it names the function.
 * One that may invoke every function tells of none. What the schedules send tells whether they only ping.
 */
export function scheduleOf(
  arn: string,
  ofScheduler: readonly IdentityPolicy[],
  targets: readonly ScheduledTarget[],
  region: string,
): readonly Trigger[] {
  const invokes = ofScheduler
    .flatMap(({document}) => (isUnresolved(document) ? [] : document.statements))
    .filter(({effect, actions}) => effect === 'Allow' && actions.some(invokesFunctions))
    .some(({resources}) => resources.some(resource => !isUnresolved(resource) && withoutQualifier(resource) === arn));
  if (!invokes) return [];
  const own = targets.filter(target => withoutQualifier(target.arn) === arn);
  const pings = own.length > 0 && own.every(({input}) => isPing(input));
  return [{kind: 'schedule', asynchronous: true, ...(pings ? {keepsWarm: true} : {}), origin: {arn, region}}];
}

function invokesFunctions(action: unknown): boolean {
  return typeof action === 'string' && matchesAction(action, 'lambda:InvokeFunction');
}
