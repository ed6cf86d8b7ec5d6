import {matchesAction} from '../../iam/match.ts';
import type {IdentityPolicy} from '../../model/execution-role.ts';
import type {Trigger} from '../../model/lambda-function.ts';
import {isUnresolved} from '../../model/resolvable.ts';
import {withoutQualifier} from '../event-source-kinds.ts';

/**
 * EventBridge Scheduler invokes as a role, so no resource policy tells of it; the role does, when it names the function.
 * One that may invoke every function tells of none.
 */
export function scheduleOf(arn: string, ofScheduler: readonly IdentityPolicy[], region: string): readonly Trigger[] {
  const invokes = ofScheduler
    .flatMap(({document}) => (isUnresolved(document) ? [] : document.statements))
    .filter(({effect, actions}) => effect === 'Allow' && actions.some(invokesFunctions))
    .some(({resources}) => resources.some(resource => !isUnresolved(resource) && withoutQualifier(resource) === arn));
  return invokes ? [{kind: 'schedule', asynchronous: true, origin: {arn, region}}] : [];
}

function invokesFunctions(action: unknown): boolean {
  return typeof action === 'string' && matchesAction(action, 'lambda:InvokeFunction');
}
