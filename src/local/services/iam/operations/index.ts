import {attachRolePolicy} from './attach-role-policy.ts';
import {createPolicy} from './create-policy.ts';
import {createPolicyVersion} from './create-policy-version.ts';
import {createRole} from './create-role.ts';
import {deletePolicy} from './delete-policy.ts';
import {deletePolicyVersion} from './delete-policy-version.ts';
import {deleteRole} from './delete-role.ts';
import {deleteRolePermissionsBoundary} from './delete-role-permissions-boundary.ts';
import {deleteRolePolicy} from './delete-role-policy.ts';
import {detachRolePolicy} from './detach-role-policy.ts';
import {getAccountAuthorizationDetails} from './get-account-authorization-details.ts';
import {getPolicy} from './get-policy.ts';
import {getPolicyVersion} from './get-policy-version.ts';
import {getRole} from './get-role.ts';
import {getRolePolicy} from './get-role-policy.ts';
import {listAttachedRolePolicies} from './list-attached-role-policies.ts';
import {listEntitiesForPolicy} from './list-entities-for-policy.ts';
import {listGroups} from './list-groups.ts';
import {listPolicies} from './list-policies.ts';
import {listPolicyVersions} from './list-policy-versions.ts';
import {listRolePolicies} from './list-role-policies.ts';
import {listRoleTags} from './list-role-tags.ts';
import {listRoles} from './list-roles.ts';
import {listUsers} from './list-users.ts';
import {putRolePermissionsBoundary} from './put-role-permissions-boundary.ts';
import {putRolePolicy} from './put-role-policy.ts';
import {setDefaultPolicyVersion} from './set-default-policy-version.ts';
import {simulatePrincipalPolicy} from './simulate-principal-policy.ts';
import {tagRole} from './tag-role.ts';
import {untagRole} from './untag-role.ts';
import {updateAssumeRolePolicy} from './update-assume-role-policy.ts';
import {updateRole} from './update-role.ts';

export const operations = [
  attachRolePolicy,
  createPolicy,
  createPolicyVersion,
  createRole,
  deletePolicy,
  deletePolicyVersion,
  deleteRole,
  deleteRolePermissionsBoundary,
  deleteRolePolicy,
  detachRolePolicy,
  getAccountAuthorizationDetails,
  getPolicy,
  getPolicyVersion,
  getRole,
  getRolePolicy,
  listAttachedRolePolicies,
  listEntitiesForPolicy,
  listGroups,
  listPolicies,
  listPolicyVersions,
  listRolePolicies,
  listRoleTags,
  listRoles,
  listUsers,
  putRolePermissionsBoundary,
  putRolePolicy,
  setDefaultPolicyVersion,
  simulatePrincipalPolicy,
  tagRole,
  untagRole,
  updateAssumeRolePolicy,
  updateRole,
];
