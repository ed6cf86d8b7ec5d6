import {GearError} from '../../../../errors.ts';
import {parsePolicy} from '../../../../iam/parse-policy.ts';
import type {NamedPolicy} from '../../../../model/policy.ts';
import type {Caller} from '../../../caller.ts';
import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {integer, required, string, structure} from '../../../shape.ts';
import type {StsStore} from '../store.ts';

/** Access has asked the role's trust policy before this runs: it is the resource policy of a role. */
export const assumeRole = operationOf<StsStore>()({
  name: 'AssumeRole',
  input: structure({
    RoleArn: required(string),
    RoleSessionName: required(string),
    DurationSeconds: integer,
    ExternalId: string,
    Policy: string,
  }),
  permissions: ({RoleArn, RoleSessionName, ExternalId}) => [
    {
      action: 'sts:AssumeRole',
      resource: RoleArn,
      context: {
        'sts:RoleSessionName': RoleSessionName,
        ...(ExternalId === undefined ? {} : {'sts:ExternalId': ExternalId}),
      },
    },
  ],
  run({RoleArn, RoleSessionName, DurationSeconds = 3600, Policy}, {account, caller}, {identity, issueCredentials}) {
    const role = identity.role(RoleArn)!;
    if (!/^[\w+=,.@-]{2,64}$/.test(RoleSessionName))
      throw new ServiceError(
        'ValidationError',
        `1 validation error detected: Value '${RoleSessionName}' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*`,
      );
    checkDuration(DurationSeconds, role.maxSessionDuration, caller);
    const arn = `arn:aws:sts::${account}:assumed-role/${role.roleName}/${RoleSessionName}`;
    const credentials = issueCredentials(
      {
        kind: 'role',
        roleArn: RoleArn,
        roleName: role.roleName,
        sessionName: RoleSessionName,
        arn,
        ...(Policy === undefined ? {} : {sessionPolicies: [sessionPolicy(Policy, arn)]}),
      },
      DurationSeconds,
    );
    return {
      Credentials: {
        AccessKeyId: credentials.accessKeyId,
        SecretAccessKey: credentials.secretAccessKey,
        SessionToken: credentials.sessionToken,
        Expiration: new Date(credentials.expiresAt ?? 0),
      },
      AssumedRoleUser: {AssumedRoleId: `${role.roleId}:${RoleSessionName}`, Arn: arn},
      ...(Policy === undefined ? {} : {PackedPolicySize: Math.ceil((Policy.length / 2048) * 100)}),
    };
  },
});

function checkDuration(seconds: number, longest: number, caller: Caller): void {
  if (seconds < 900 || seconds > 43_200)
    throw new ServiceError(
      'ValidationError',
      `1 validation error detected: Value '${seconds}' at 'durationSeconds' failed to satisfy constraint: Member must have value between 900 and 43200`,
    );
  if (caller.kind === 'role' && seconds > 3600)
    throw new ServiceError(
      'ValidationError',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
    );
  if (seconds > longest)
    throw new ServiceError(
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
}

function sessionPolicy(text: string, arn: string): NamedPolicy {
  if (text.length > 2048)
    throw new ServiceError('PackedPolicyTooLarge', 'The session policy is larger than 2048 characters');
  try {
    return {name: 'session policy', document: parsePolicy(text, {arn, region: ''})};
  } catch (error) {
    if (error instanceof GearError) throw new ServiceError('MalformedPolicyDocument', 'Syntax errors in policy.');
    throw error;
  }
}
