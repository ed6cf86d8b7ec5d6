import type {Tag} from '../tag-list.ts';
import {byKey} from './in-order.ts';
import type {ExistingResource, ResourceContext} from './resource-type.ts';

interface RoleProperties {
  readonly Policies?: readonly {readonly PolicyName: string; readonly PolicyDocument: unknown}[] | undefined;
  readonly ManagedPolicyArns?: readonly string[] | undefined;
  readonly Tags?: readonly Tag[] | undefined;
}

interface Role {
  readonly AssumeRolePolicyDocument: string;
  readonly Description?: string;
  readonly MaxSessionDuration?: number;
  readonly PermissionsBoundary?: {readonly PermissionsBoundaryArn: string};
  readonly Tags?: readonly Tag[];
}

/** A role as it is, in the form of its properties. */
export async function readRole(
  {id: RoleName, properties}: ExistingResource<RoleProperties>,
  context: ResourceContext,
): Promise<Record<string, unknown>> {
  const {Role} = await context.call<{Role: Role}>('iam', 'GetRole', {RoleName});
  const {PolicyNames} = await context.call<{PolicyNames: string[]}>('iam', 'ListRolePolicies', {RoleName});
  const policies = await Promise.all(
    PolicyNames.map(async PolicyName => {
      const input = {RoleName, PolicyName};
      const {PolicyDocument} = await context.call<{PolicyDocument: string}>('iam', 'GetRolePolicy', input);
      return {PolicyName, PolicyDocument: documentOf(PolicyDocument)};
    }),
  );
  const {AttachedPolicies} = await context.call<{AttachedPolicies: {PolicyArn: string}[]}>(
    'iam',
    'ListAttachedRolePolicies',
    {RoleName},
  );
  const attached = AttachedPolicies.map(({PolicyArn}) => PolicyArn);
  return {
    AssumeRolePolicyDocument: documentOf(Role.AssumeRolePolicyDocument),
    Description: Role.Description,
    MaxSessionDuration: Role.MaxSessionDuration,
    PermissionsBoundary: Role.PermissionsBoundary?.PermissionsBoundaryArn,
    Policies: byKey(properties.Policies, policies, ({PolicyName}) => PolicyName),
    ManagedPolicyArns: byKey(properties.ManagedPolicyArns, attached, arn => arn),
    Tags: byKey(properties.Tags, Role.Tags ?? [], ({Key}) => Key),
  };
}

/** IAM answers with documents in URL encoding. */
function documentOf(text: string): unknown {
  return JSON.parse(decodeURIComponent(text));
}
