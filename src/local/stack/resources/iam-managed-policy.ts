import {document, list, required, string, structure} from '../../shape.ts';
import {ignoringAbsence} from '../failure.ts';
import {policyText} from '../policy-text.ts';
import {defineResource, type ResourceContext} from '../resource-type.ts';

interface PolicyVersion {
  readonly VersionId: string;
  readonly IsDefaultVersion: boolean;
}

export const iamManagedPolicy = defineResource({
  type: 'AWS::IAM::ManagedPolicy',
  capability: 'CAPABILITY_IAM',
  properties: structure({
    Description: string,
    ManagedPolicyName: string,
    Path: string,
    PolicyDocument: required(document),
    Roles: list(string),
  }),
  createOnly: ['ManagedPolicyName', 'Path', 'Description'],
  nameProperty: 'ManagedPolicyName',
  attributes: ['PolicyArn'],
  async create({Description, ManagedPolicyName, Path, PolicyDocument, Roles = []}, context) {
    const {Policy} = await context.call<{Policy: {Arn: string}}>('iam', 'CreatePolicy', {
      PolicyName: ManagedPolicyName ?? context.name({longest: 128}),
      Path,
      Description,
      PolicyDocument: policyText(PolicyDocument),
    });
    context.created(Policy.Arn);
    for (const RoleName of Roles) await context.call('iam', 'AttachRolePolicy', {RoleName, PolicyArn: Policy.Arn});
    return {id: Policy.Arn, attributes: {PolicyArn: Policy.Arn}};
  },
  async update({id: PolicyArn, properties: before, attributes}, {PolicyDocument, Roles = []}, context) {
    if (policyText(before.PolicyDocument) !== policyText(PolicyDocument)) {
      // A policy keeps five versions at most, so the ones that are in nobody's way any more make room.
      await deleteOldVersions(PolicyArn, context);
      await context.call('iam', 'CreatePolicyVersion', {
        PolicyArn,
        PolicyDocument: policyText(PolicyDocument),
        SetAsDefault: true,
      });
    }
    const {Roles: old = []} = before;
    for (const RoleName of Roles)
      if (!old.includes(RoleName)) await context.call('iam', 'AttachRolePolicy', {RoleName, PolicyArn});
    await detach(
      PolicyArn,
      old.filter(role => !Roles.includes(role)),
      context,
    );
    return {id: PolicyArn, attributes};
  },
  async delete({id, properties: {Roles = [], Path = '/'}}, context) {
    const PolicyArn = id.startsWith('arn:') ? id : `arn:aws:iam::${context.account}:policy${Path}${id}`;
    await detach(PolicyArn, Roles, context);
    await deleteOldVersions(PolicyArn, context);
    await context.call('iam', 'DeletePolicy', {PolicyArn});
  },
});

async function detach(PolicyArn: string, roles: readonly string[], context: ResourceContext): Promise<void> {
  for (const RoleName of roles) await ignoringAbsence(context.call('iam', 'DetachRolePolicy', {RoleName, PolicyArn}));
}

async function deleteOldVersions(PolicyArn: string, context: ResourceContext): Promise<void> {
  const {Versions} = await context.call<{Versions: readonly PolicyVersion[]}>('iam', 'ListPolicyVersions', {PolicyArn});
  for (const {VersionId, IsDefaultVersion} of Versions)
    if (!IsDefaultVersion) await context.call('iam', 'DeletePolicyVersion', {PolicyArn, VersionId});
}
