import type {AssumedRole} from '../../caller.ts';
import type {FunctionConfiguration} from './function-configuration.ts';

/** The session in which a function runs; with `onBehalf`, what Lambda itself does with the role's permissions. */
export function executionRole(
  {FunctionName, Role}: Pick<FunctionConfiguration, 'FunctionName' | 'Role'>,
  {onBehalf}: {onBehalf?: string} = {},
): AssumedRole {
  const account = Role.split(':')[4]!;
  const roleName = Role.slice(Role.lastIndexOf('/') + 1);
  return {
    kind: 'role',
    roleArn: Role,
    roleName,
    sessionName: FunctionName,
    arn: `arn:aws:sts::${account}:assumed-role/${roleName}/${FunctionName}`,
    functionName: FunctionName,
    ...(onBehalf !== undefined && {onBehalf}),
  };
}
