import {document, integer, list, required, string, structure} from '../../shape.ts';
import {tagList} from '../../tag-list.ts';
import {ignoringAbsence} from '../failure.ts';
import {policyText} from '../policy-text.ts';
import {readRole} from '../read-role.ts';
import {defineResource, type ResourceContext} from '../resource-type.ts';
import {tagChanges} from '../tags.ts';

interface InlinePolicy {
  readonly PolicyName: string;
  readonly PolicyDocument: unknown;
}

export const iamRole = defineResource({
  type: 'AWS::IAM::Role',
  capability: 'CAPABILITY_IAM',
  properties: structure({
    AssumeRolePolicyDocument: required(document),
    Description: string,
    ManagedPolicyArns: list(string),
    MaxSessionDuration: integer,
    Path: string,
    PermissionsBoundary: string,
    Policies: list(structure({PolicyName: required(string), PolicyDocument: required(document)})),
    RoleName: string,
    Tags: tagList,
  }),
  createOnly: ['RoleName', 'Path'],
  nameProperty: 'RoleName',
  attributes: ['Arn', 'RoleId'],
  async create(properties, context) {
    const {AssumeRolePolicyDocument, Policies = [], ManagedPolicyArns = [], ...rest} = properties;
    const RoleName = properties.RoleName ?? context.name({longest: 64});
    const {Role} = await context.call<{Role: {Arn: string; RoleId: string}}>('iam', 'CreateRole', {
      ...rest,
      RoleName,
      AssumeRolePolicyDocument: policyText(AssumeRolePolicyDocument),
    });
    context.created(RoleName);
    for (const policy of Policies) await putPolicy(RoleName, policy, context);
    for (const PolicyArn of ManagedPolicyArns) await context.call('iam', 'AttachRolePolicy', {RoleName, PolicyArn});
    return {id: RoleName, attributes: {Arn: Role.Arn, RoleId: Role.RoleId}};
  },
  async update({id: RoleName, properties: before, attributes}, after, context) {
    const {AssumeRolePolicyDocument, Description, MaxSessionDuration, PermissionsBoundary, Policies = []} = after;
    if (policyText(before.AssumeRolePolicyDocument) !== policyText(AssumeRolePolicyDocument))
      await context.call('iam', 'UpdateAssumeRolePolicy', {
        RoleName,
        PolicyDocument: policyText(AssumeRolePolicyDocument),
      });
    if (before.Description !== Description || before.MaxSessionDuration !== MaxSessionDuration)
      await context.call('iam', 'UpdateRole', {
        RoleName,
        Description: Description ?? '',
        MaxSessionDuration: MaxSessionDuration ?? 3600,
      });
    if (PermissionsBoundary === undefined && before.PermissionsBoundary !== undefined)
      await context.call('iam', 'DeleteRolePermissionsBoundary', {RoleName});
    else if (PermissionsBoundary !== undefined && before.PermissionsBoundary !== PermissionsBoundary)
      await context.call('iam', 'PutRolePermissionsBoundary', {RoleName, PermissionsBoundary});
    // Granted first and taken away afterwards, so that what both versions allow is allowed throughout.
    for (const policy of Policies) await putPolicy(RoleName, policy, context);
    for (const {PolicyName} of before.Policies ?? [])
      if (!Policies.some(policy => policy.PolicyName === PolicyName))
        await ignoringAbsence(context.call('iam', 'DeleteRolePolicy', {RoleName, PolicyName}));
    await changeAttachments(RoleName, before.ManagedPolicyArns ?? [], after.ManagedPolicyArns ?? [], context);
    const {set, removed} = tagChanges(before.Tags, after.Tags);
    if (set.length > 0) await context.call('iam', 'TagRole', {RoleName, Tags: set});
    if (removed.length > 0) await context.call('iam', 'UntagRole', {RoleName, TagKeys: removed});
    return {id: RoleName, attributes};
  },
  async delete({id: RoleName, properties}, context) {
    for (const {PolicyName} of properties.Policies ?? [])
      await ignoringAbsence(context.call('iam', 'DeleteRolePolicy', {RoleName, PolicyName}));
    await changeAttachments(RoleName, properties.ManagedPolicyArns ?? [], [], context);
    await context.call('iam', 'DeleteRole', {RoleName});
  },
  read: readRole,
});

async function putPolicy(RoleName: string, {PolicyName, PolicyDocument}: InlinePolicy, context: ResourceContext) {
  await context.call('iam', 'PutRolePolicy', {RoleName, PolicyName, PolicyDocument: policyText(PolicyDocument)});
}

async function changeAttachments(
  RoleName: string,
  before: readonly string[],
  after: readonly string[],
  context: ResourceContext,
): Promise<void> {
  for (const PolicyArn of after)
    if (!before.includes(PolicyArn)) await context.call('iam', 'AttachRolePolicy', {RoleName, PolicyArn});
  for (const PolicyArn of before)
    if (!after.includes(PolicyArn))
      await ignoringAbsence(context.call('iam', 'DetachRolePolicy', {RoleName, PolicyArn}));
}
