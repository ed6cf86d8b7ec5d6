import type {AttachedManagedPolicy, ExecutionRole, IdentityPolicy} from '../../model/execution-role.ts';
import type {NotChecked} from '../../model/finding.ts';
import type {PolicyDocument} from '../../model/policy.ts';
import {asWritten, isUnresolved, type Resolvable, unresolved} from '../../model/resolvable.ts';
import {readConnectorPolicies} from './connectors.ts';
import type {Environment} from './intrinsics.ts';
import {readPolicyDocument} from './policies.ts';
import {arnOfResource, inPlace} from './references.ts';
import type {TemplateResource} from './resources.ts';
import {readSamRole} from './sam-roles.ts';
import type {Value} from './value.ts';

export interface RolesAndPolicies {
  readonly roles: readonly ExecutionRole[];
  readonly policies: readonly IdentityPolicy[];
}

/** Roles, and the policies that stand in them or are attached to them from elsewhere in the template. */
export function readRoles(
  resources: readonly TemplateResource[],
  environment: Environment,
  note: (unread: NotChecked) => void,
): RolesAndPolicies {
  const sam = resources.flatMap(resource => readSamRole(resource, environment, note) ?? []);
  const plain = resources.filter(({type}) => type === 'AWS::IAM::Role').map(role => readRole(role, environment, note));
  const attached = resources.flatMap(resource => readAttachedPolicy(resource, environment, note));
  const policies = [...plain, ...sam].flatMap(({inline}) => inline);
  const roles = [...plain, ...sam].map(({role}) => withCustomerPolicies(role, attached));
  // What a boundary allows, it gives to nobody.
  const boundaries = new Set<unknown>(roles.map(({role}) => role.permissionsBoundary).filter(arn => arn !== undefined));
  return {
    roles: roles.map(({role}) => role),
    policies: [
      ...policies,
      ...readConnectorPolicies(resources, environment, note),
      ...attached
        .map(policy => ({...policy, roles: [...policy.roles, ...attachers(policy, roles)]}))
        .filter(({arn, roles: having}) => having.length > 0 || !boundaries.has(arn)),
    ],
  };
}

function attachers(policy: IdentityPolicy, roles: readonly RoleWithAttachments[]): readonly string[] {
  return roles.filter(({customerPolicies}) => customerPolicies.includes(policy.resource)).map(({role}) => role.arn);
}

interface RoleWithAttachments {
  readonly role: ExecutionRole;
  /** Logical IDs of managed policies of this template that the role lists. */
  readonly customerPolicies: readonly string[];
}

/** A managed policy of the same template is known by its document, so the role's list keeps only the others. */
function withCustomerPolicies(role: ExecutionRole, attached: readonly AttachedPolicy[]): RoleWithAttachments {
  const own = new Map(attached.map(policy => [policy.arn, policy.resource]));
  const customer = (policy: AttachedManagedPolicy) => (isUnresolved(policy.arn) ? undefined : own.get(policy.arn));
  const boundary = attached.find(({arn}) => arn !== undefined && arn === role.permissionsBoundary);
  return {
    role: {
      ...role,
      ...(boundary === undefined ? {} : {boundaryDocument: boundary.document}),
      managedPolicies: role.managedPolicies.filter(policy => customer(policy) === undefined),
    },
    customerPolicies: role.managedPolicies.map(customer).filter(name => name !== undefined),
  };
}

function readRole(
  {logicalId, properties, origin}: TemplateResource,
  environment: Environment,
  note: (unread: NotChecked) => void,
): {role: ExecutionRole; inline: readonly IdentityPolicy[]} {
  const arn = arnOfResource(logicalId, environment);
  const boundary = properties.at('PermissionsBoundary').text();
  return {
    role: {
      name: logicalId,
      arn,
      trustPolicy: readPolicyDocument(properties.at('AssumeRolePolicyDocument'), logicalId, note),
      managedPolicies: readManagedPolicyArns(properties.at('ManagedPolicyArns'), logicalId),
      ...(boundary === undefined ? {} : {permissionsBoundary: boundary}),
      origin,
    },
    inline: properties
      .at('Policies')
      .items()
      .map(policy => ({
        name: policyName(policy.at('PolicyName').text()),
        resource: logicalId,
        roles: [arn],
        document: readListed(policy, 'PolicyDocument', logicalId, note),
        origin: policy.origin,
      })),
  };
}

/** A list member that is not known as a whole has no document either. */
function readListed(
  policy: Value,
  member: string,
  logicalId: string,
  note: (unread: NotChecked) => void,
): Resolvable<PolicyDocument> {
  return readPolicyDocument(policy.unresolved === undefined ? policy.at(member) : policy, logicalId, note);
}

function policyName(name: Resolvable<string> | undefined): string {
  return name === undefined ? 'inline' : asWritten(name);
}

function readManagedPolicyArns(list: Value, resource: string): readonly AttachedManagedPolicy[] {
  return list.items().map(item => ({
    arn: item.text() ?? unresolved('a managed policy', 'it has no ARN'),
    resource,
    origin: item.origin,
  }));
}

interface AttachedPolicy extends IdentityPolicy {
  /** Of a managed policy. */
  readonly arn?: string;
}

function readAttachedPolicy(
  {logicalId, type, properties, origin}: TemplateResource,
  environment: Environment,
  note: (unread: NotChecked) => void,
): readonly AttachedPolicy[] {
  if (!policyTypes.has(type)) return [];
  const names = type === 'AWS::IAM::RolePolicy' ? properties.at('RoleName') : properties.at('Roles');
  return [
    {
      name: policyName(properties.at('PolicyName').text() ?? logicalId),
      resource: logicalId,
      roles: names.items().map(name => roleArn(name.text() ?? '', environment)),
      document: readPolicyDocument(properties.at('PolicyDocument'), logicalId, note),
      origin,
      ...(type === 'AWS::IAM::ManagedPolicy' ? {arn: arnOfResource(logicalId, environment)} : {}),
    },
  ];
}

const policyTypes = new Set(['AWS::IAM::Policy', 'AWS::IAM::RolePolicy', 'AWS::IAM::ManagedPolicy']);

function roleArn(name: Resolvable<string>, environment: Environment): Resolvable<string> {
  if (isUnresolved(name)) return name;
  return name.includes(':role/') ? name : inPlace(`arn:aws:iam::\${AWS::AccountId}:role/${name}`, environment);
}
