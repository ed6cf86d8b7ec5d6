import type {ManagedPolicyRecord, PolicyVersionRecord, RoleRecord} from './records.ts';
import type {IamStore} from './store.ts';

/** A role as every operation but the lists answers it. */
export function presentRole(role: RoleRecord, store: IamStore) {
  return {
    ...presentListedRole(role),
    ...(role.boundary === undefined ? {} : {PermissionsBoundary: presentBoundary(role.boundary)}),
    Tags: role.tags,
    RoleLastUsed: presentLastUsed(role, store),
  };
}

/** ListRoles leaves tags, boundary and last use out. */
export function presentListedRole(role: RoleRecord) {
  return {
    Path: role.path,
    RoleName: role.roleName,
    RoleId: role.roleId,
    Arn: role.arn,
    CreateDate: new Date(role.createDate),
    AssumeRolePolicyDocument: encodeDocument(role.trustPolicy),
    Description: role.description,
    MaxSessionDuration: role.maxSessionDuration,
  };
}

export function presentBoundary(policyArn: string) {
  return {PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: policyArn};
}

export function presentLastUsed(role: RoleRecord, store: IamStore) {
  const time = store.lastUsed(role.arn);
  return time === undefined ? {} : {LastUsedDate: new Date(time), Region: store.region};
}

export function presentPolicy(policy: ManagedPolicyRecord, store: IamStore) {
  return {
    PolicyName: policy.policyName,
    PolicyId: policy.policyId,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersionId,
    AttachmentCount: store.rolesWith(policy.arn).length,
    PermissionsBoundaryUsageCount: store.rolesBoundedBy(policy.arn).length,
    IsAttachable: true,
    CreateDate: new Date(policy.createDate),
    UpdateDate: new Date(policy.updateDate),
  };
}

/** Lists of versions carry no document. */
export function presentVersion(version: PolicyVersionRecord, policy: ManagedPolicyRecord) {
  return {
    VersionId: version.versionId,
    IsDefaultVersion: version.versionId === policy.defaultVersionId,
    CreateDate: new Date(version.createDate),
  };
}

export function presentAttached(policyArn: string) {
  return {PolicyName: policyArn.slice(policyArn.lastIndexOf('/') + 1), PolicyArn: policyArn};
}

/** RFC 3986, as IAM answers policy documents. */
export function encodeDocument(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
