import type {AssumedRole} from './caller.ts';

/** A session of a role that an AWS service was given, in which it acts `onBehalf` of the role. */
export function sessionOf(roleArn: string, sessionName: string, onBehalf: string): AssumedRole {
  const account = roleArn.split(':')[4]!;
  const roleName = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  return {
    kind: 'role',
    roleArn,
    roleName,
    sessionName,
    arn: `arn:aws:sts::${account}:assumed-role/${roleName}/${sessionName}`,
    onBehalf,
  };
}
