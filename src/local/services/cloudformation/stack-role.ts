import type {Caller} from '../../caller.ts';
import type {PermissionRequest} from '../../operation.ts';
import {sessionOf} from '../../role-session.ts';
import type {CloudFormationStore} from './store.ts';
import {invalid} from './submission.ts';

/** Whoever gives a stack a role must be allowed to pass it to CloudFormation. */
export function passingRole(roleArn: string | undefined): readonly PermissionRequest[] {
  if (roleArn === undefined) return [];
  const context = {'iam:PassedToService': 'cloudformation.amazonaws.com'};
  return [{action: 'iam:PassRole', resource: roleArn, context}];
}

/** `cloudformation:RoleArn`, which policies may ask for. */
export function roleContext(roleArn: string | undefined): Readonly<Record<string, string>> {
  return roleArn === undefined ? {} : {'cloudformation:RoleArn': roleArn};
}

export function requireAssumable(roleArn: string | undefined, stackId: string, store: CloudFormationStore): void {
  if (roleArn !== undefined && !store.mayAssume(roleArn, stackId))
    throw invalid(`Role ${roleArn} is invalid or cannot be assumed`);
}

/** As whom CloudFormation makes, changes and deletes resources. */
export function actingAs(caller: Caller, roleArn: string | undefined): Caller {
  return roleArn === undefined ? caller : sessionOf(roleArn, 'AWSCloudFormation', 'cloudformation');
}
