import type {PermissionRequest} from '../../operation.ts';
import {passingRole, roleContext} from './stack-role.ts';
import type {CloudFormationStore} from './store.ts';

/** An action on one stack, or on any when none is named. */
export function stackPermission(
  action: string,
  stackName: string | undefined,
  store: CloudFormationStore,
  roleArn?: string,
): readonly PermissionRequest[] {
  const resource = stackName === undefined ? store.arn('stack', '*', '*') : store.permissionResource(stackName);
  const context = roleContext(roleArn);
  return [{action: `cloudformation:${action}`, resource, context}, ...passingRole(roleArn)];
}

/** An action on a change set is an action on its stack. */
export function changeSetPermission(
  action: string,
  {ChangeSetName, StackName}: {readonly ChangeSetName: string; readonly StackName?: string | undefined},
  store: CloudFormationStore,
): readonly PermissionRequest[] {
  const changeSet = store.findChangeSet(ChangeSetName, StackName);
  return stackPermission(action, changeSet?.stackId ?? StackName, store).map(request => ({
    ...request,
    context: {'cloudformation:ChangeSetName': changeSet?.changeSetName ?? ChangeSetName},
  }));
}
