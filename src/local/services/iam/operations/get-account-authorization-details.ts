import {operationOf} from '../../../operation.ts';
import {integer, list, string, structure} from '../../../shape.ts';
import {validationError} from '../errors.ts';
import {page} from '../paging.ts';
import {
  encodeDocument,
  presentAttached,
  presentBoundary,
  presentLastUsed,
  presentPolicy,
  presentVersion,
} from '../present.ts';
import type {ManagedPolicyRecord, RoleRecord} from '../records.ts';
import type {IamStore} from '../store.ts';

export const getAccountAuthorizationDetails = operationOf<IamStore>()({
  name: 'GetAccountAuthorizationDetails',
  input: structure({Filter: list(string), Marker: string, MaxItems: integer}),
  permissions: () => [{action: 'iam:GetAccountAuthorizationDetails', resource: '*'}],
  run({Filter = [], ...paging}, _, store) {
    for (const entity of Filter) if (!entities.includes(entity)) throw validationError(`Filter knows no ${entity}`);
    const wants = (entity: string) => Filter.length === 0 || Filter.includes(entity);
    const roles = wants('Role') ? [...store.roles()] : [];
    const policies = store.managedPolicies().filter(({arn}) => {
      if (!arn.startsWith('arn:aws:iam::aws:')) return wants('LocalManagedPolicy');
      // Of its own policies AWS lists those in use.
      return wants('AWSManagedPolicy') && store.rolesWith(arn).length + store.rolesBoundedBy(arn).length > 0;
    });
    const details = [...roles.map(role => ({role})), ...policies.map(policy => ({policy}))];
    const {items, ...rest} = page(details, item => ('role' in item ? item.role.arn : item.policy.arn), paging);
    return {
      UserDetailList: [],
      GroupDetailList: [],
      RoleDetailList: items.flatMap(item => ('role' in item ? [presentRoleDetail(item.role, store)] : [])),
      Policies: items.flatMap(item => ('policy' in item ? [presentPolicyDetail(item.policy, store)] : [])),
      ...rest,
    };
  },
});

const entities = ['User', 'Role', 'Group', 'LocalManagedPolicy', 'AWSManagedPolicy'];

function presentRoleDetail(role: RoleRecord, store: IamStore) {
  return {
    Path: role.path,
    RoleName: role.roleName,
    RoleId: role.roleId,
    Arn: role.arn,
    CreateDate: new Date(role.createDate),
    AssumeRolePolicyDocument: encodeDocument(role.trustPolicy),
    InstanceProfileList: [],
    RolePolicyList: Object.entries(role.inline).map(([name, document]) => ({
      PolicyName: name,
      PolicyDocument: encodeDocument(document),
    })),
    AttachedManagedPolicies: role.attached.map(presentAttached),
    ...(role.boundary === undefined ? {} : {PermissionsBoundary: presentBoundary(role.boundary)}),
    Tags: role.tags,
    RoleLastUsed: presentLastUsed(role, store),
  };
}

function presentPolicyDetail(policy: ManagedPolicyRecord, store: IamStore) {
  return {
    ...presentPolicy(policy, store),
    Description: policy.description,
    PolicyVersionList: policy.versions.map(version => ({
      Document: encodeDocument(version.document),
      ...presentVersion(version, policy),
    })),
  };
}
