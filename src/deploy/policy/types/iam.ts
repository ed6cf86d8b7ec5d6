import type {Condition} from '../grant.ts';
import {globalArn} from '../place.ts';
import type {DeployedResource, MoreGrant, ResourceNeeds} from '../resource-needs.ts';

const pathOf = ({properties}: DeployedResource) => (typeof properties.Path === 'string' ? properties.Path : '/');
const roleArn = (resource: DeployedResource) =>
  globalArn(resource.place, 'iam', `role${pathOf(resource)}${resource.names[0]}`);
const policyArn = (resource: DeployedResource) =>
  globalArn(resource.place, 'iam', `policy${pathOf(resource)}${resource.names[0]}`);

/** Roles by their names; one of the template has its path in its ARN. */
function rolesNamed({place, sibling}: DeployedResource, names: readonly string[]): readonly string[] {
  return names.map(name => {
    const role = sibling('AWS::IAM::Role', name);
    return role === undefined ? globalArn(place, 'iam', `role/${name}`) : roleArn(role);
  });
}

export const iamRole: ResourceNeeds = {
  type: 'AWS::IAM::Role',
  service: 'iam',
  group: 'Roles',
  name: {property: 'RoleName', longest: 64},
  on: resource => [roleArn(resource)],
  attributes: {Arn: roleArn, RoleId: () => '*'},
  always: {
    read: ['GetRole', 'GetRolePolicy', 'ListAttachedRolePolicies', 'ListRolePolicies'],
    update: ['UpdateAssumeRolePolicy', 'UpdateRole', 'UpdateRoleDescription'],
    delete: ['DeleteRole'],
  },
  when: {Tags: {create: ['TagRole'], update: ['UntagRole']}},
  plain: [
    'AssumeRolePolicyDocument',
    'Description',
    'ManagedPolicyArns',
    'MaxSessionDuration',
    'Path',
    'PermissionsBoundary',
    'Policies',
  ],
  // What widens a role is held to the boundary that the template gives it.
  more(resource) {
    const {PermissionsBoundary, Policies, ManagedPolicyArns} = resource.properties;
    const bounded: Condition =
      PermissionsBoundary === undefined
        ? {}
        : {StringEquals: {'iam:PermissionsBoundary': resource.text('PermissionsBoundary')}};
    const resources = [roleArn(resource)];
    const boundary = PermissionsBoundary === undefined ? [] : ['iam:PutRolePermissionsBoundary'];
    const held = {group: 'GrantToRoles', resources, ...(PermissionsBoundary === undefined ? {} : {condition: bounded})};
    return [
      {...held, actions: ['iam:CreateRole', ...boundary]},
      ...(Policies === undefined
        ? []
        : [
            {...held, actions: ['iam:PutRolePolicy']},
            {...held, actions: ['iam:DeleteRolePolicy'], also: ['destroy' as const]},
          ]),
      ...(ManagedPolicyArns === undefined
        ? []
        : attaching(resources, {...bounded, ArnLike: {'iam:PolicyARN': resource.texts('ManagedPolicyArns')}})),
    ];
  },
};

export const iamManagedPolicy: ResourceNeeds = {
  type: 'AWS::IAM::ManagedPolicy',
  service: 'iam',
  group: 'ManagedPolicies',
  name: {property: 'ManagedPolicyName', longest: 128},
  on: resource => [policyArn(resource)],
  ref: policyArn,
  attributes: {PolicyArn: policyArn},
  always: {
    create: ['CreatePolicy'],
    read: ['GetPolicy', 'GetPolicyVersion', 'ListEntitiesForPolicy', 'ListPolicyVersions'],
    update: ['CreatePolicyVersion', 'DeletePolicyVersion'],
    delete: ['DeletePolicy'],
  },
  plain: ['Description', 'Path', 'PolicyDocument', 'Roles'],
  more: resource =>
    resource.properties.Roles === undefined
      ? []
      : attaching(rolesNamed(resource, resource.texts('Roles')), {ArnLike: {'iam:PolicyARN': [policyArn(resource)]}}),
};

function attaching(resources: readonly string[], condition: Condition): readonly MoreGrant[] {
  const grant = {group: 'AttachToRoles', resources, condition};
  return [
    {...grant, actions: ['iam:AttachRolePolicy']},
    {...grant, actions: ['iam:DetachRolePolicy'], also: ['destroy']},
  ];
}

const inlinePolicy = {
  service: 'iam',
  group: 'InlinePolicies',
  always: {create: ['PutRolePolicy'], read: ['GetRolePolicy'], delete: ['DeleteRolePolicy']},
} as const;

export const iamPolicy: ResourceNeeds = {
  ...inlinePolicy,
  type: 'AWS::IAM::Policy',
  on: resource => rolesNamed(resource, resource.texts('Roles')),
  plain: ['PolicyDocument', 'PolicyName', 'Roles'],
};

export const iamRolePolicy: ResourceNeeds = {
  ...inlinePolicy,
  type: 'AWS::IAM::RolePolicy',
  on: resource => rolesNamed(resource, [resource.text('RoleName')]),
  plain: ['PolicyDocument', 'PolicyName', 'RoleName'],
};
