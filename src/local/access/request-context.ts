import type {Context} from '../../iam/policy-variables.ts';
import {type Caller, developerId} from '../caller.ts';
import type {RoleIdentity} from '../identity.ts';
import type {PermissionRequest} from '../operation.ts';

/**
 * The condition keys of a request: the global ones, then the operation's own.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function conditionContext(
  caller: Caller,
  role: RoleIdentity | undefined,
  {request, account, region, now}: {request: PermissionRequest; account: string; region: string; now: number},
): Context {
  return {
    // Loopback counts as a secure transport: nothing leaves the machine.
    'aws:SecureTransport': 'true',
    'aws:SourceIp': '127.0.0.1',
    'aws:CurrentTime': new Date(now).toISOString(),
    'aws:EpochTime': String(Math.floor(now / 1000)),
    'aws:RequestedRegion': region,
    'aws:ResourceAccount': request.resource.split(':')[4] || account,
    ...ofCaller(caller, role, {account, region}),
    ...request.context,
  };
}

function ofCaller(
  caller: Caller,
  role: RoleIdentity | undefined,
  {account, region}: {account: string; region: string},
): Context {
  switch (caller.kind) {
    case 'service':
      return {
        'aws:PrincipalIsAWSService': 'true',
        'aws:PrincipalServiceName': caller.principal,
        ...(caller.sourceArn === undefined ? {} : {'aws:SourceArn': caller.sourceArn}),
        ...(caller.sourceAccount === undefined ? {} : {'aws:SourceAccount': caller.sourceAccount}),
      };
    case 'developer':
      return {
        'aws:PrincipalArn': caller.arn,
        'aws:PrincipalAccount': account,
        'aws:PrincipalType': 'User',
        'aws:PrincipalIsAWSService': 'false',
        'aws:userid': developerId,
        'aws:username': caller.arn.slice(caller.arn.lastIndexOf('/') + 1),
      };
    case 'role': {
      const context: Record<string, string> = {
        // The role, not the session: a policy can name it without knowing who assumes it.
        'aws:PrincipalArn': caller.roleArn,
        'aws:PrincipalAccount': account,
        'aws:PrincipalType': 'AssumedRole',
        'aws:PrincipalIsAWSService': 'false',
        'aws:userid': `${role?.roleId ?? 'AROA'}:${caller.sessionName}`,
      };
      // Of what the function's own code does: what Lambda does for it with the role has no such key.
      // https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html
      if (caller.functionName !== undefined && caller.onBehalf === undefined)
        context['lambda:SourceFunctionArn'] = `arn:aws:lambda:${region}:${account}:function:${caller.functionName}`;
      for (const [key, value] of Object.entries(role?.tags ?? {})) context[`aws:PrincipalTag/${key}`] = value;
      return context;
    }
  }
}
