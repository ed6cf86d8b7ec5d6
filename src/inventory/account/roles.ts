import type {ManagedPolicyDetail, RoleDetail} from '@aws-sdk/client-iam';
import {GearError} from '../../errors.ts';
import {parsePolicy} from '../../iam/parse-policy.ts';
import type {ExecutionRole, IdentityPolicy} from '../../model/execution-role.ts';
import type {NotChecked} from '../../model/finding.ts';
import type {LambdaFunction} from '../../model/lambda-function.ts';
import type {PolicyDocument} from '../../model/policy.ts';
import {isUnresolved, type Resolvable, unresolved} from '../../model/resolvable.ts';

export interface RoleDetails {
  readonly roles: readonly RoleDetail[];
  readonly policies: readonly ManagedPolicyDetail[];
}

type Note = (unread: NotChecked) => void;

/** The roles of the functions, and those that a function could get because they trust Lambda. */
export function readRoles(
  details: RoleDetails,
  functions: readonly LambdaFunction[],
  region: string,
  note: Note,
): RolesAndPolicies {
  const used = new Set(functions.map(({role}) => role));
  return readThose(details, role => used.has(role.arn) || trusts(role, 'lambda.amazonaws.com'), region, note);
}

/** The policies of the roles as which a service acts. */
export function policiesOfService(
  service: string,
  details: RoleDetails,
  region: string,
  note: Note,
): readonly IdentityPolicy[] {
  return readThose(details, role => trusts(role, service), region, note).policies;
}

interface RolesAndPolicies {
  readonly roles: readonly ExecutionRole[];
  readonly policies: readonly IdentityPolicy[];
}

function readThose(
  details: RoleDetails,
  wanted: (role: ExecutionRole) => boolean,
  region: string,
  note: Note,
): RolesAndPolicies {
  const known = new Set(details.policies.map(({Arn}) => Arn));
  const relevant = details.roles
    .map(detail => ({detail, role: readRole(detail, known, region, note)}))
    .filter(({role}) => wanted(role))
    .map(({detail, role}) => ({detail, role: {...role, ...boundaryOf(role, details, region, note)}}));
  const attaching = new Map<string | undefined, string[]>();
  for (const {detail, role} of relevant)
    for (const {PolicyArn} of detail.AttachedManagedPolicies ?? [])
      attaching.set(PolicyArn, [...(attaching.get(PolicyArn) ?? []), role.arn]);
  const inline = relevant.flatMap(({detail}) => inlinePolicies(detail, region, note));
  const managed = details.policies.flatMap(policy => {
    const roles = attaching.get(policy.Arn);
    return roles === undefined ? [] : [managedPolicy(policy, roles, region, note)];
  });
  return {roles: relevant.map(({role}) => role), policies: [...inline, ...managed]};
}

function readRole(
  {RoleName: name = '', Arn: arn = '', ...detail}: RoleDetail,
  known: ReadonlySet<string | undefined>,
  region: string,
  note: Note,
): ExecutionRole {
  const origin = {arn, region};
  const boundary = detail.PermissionsBoundary?.PermissionsBoundaryArn;
  const others = (detail.AttachedManagedPolicies ?? []).filter(({PolicyArn}) => !known.has(PolicyArn));
  return {
    name,
    arn,
    trustPolicy: readDocument(detail.AssumeRolePolicyDocument, name, origin, note),
    managedPolicies: others.map(({PolicyArn = ''}) => ({arn: PolicyArn, resource: name, origin})),
    ...(boundary === undefined ? {} : {permissionsBoundary: boundary}),
    ...lifetimeOf(detail),
    origin,
  };
}

/** AWS says RoleLastUsed of every role, empty for one that was never used; what says nothing is not judged. */
function lifetimeOf({CreateDate: created, RoleLastUsed: used}: RoleDetail): Pick<ExecutionRole, 'lifetime'> {
  if (created === undefined || used === undefined) return {};
  const day = (date: Date) => date.toISOString().slice(0, 10);
  const lastUsed = used.LastUsedDate === undefined ? {} : {lastUsed: day(used.LastUsedDate)};
  return {lifetime: {created: day(created), ...lastUsed}};
}

function boundaryOf(
  {permissionsBoundary}: ExecutionRole,
  {policies}: RoleDetails,
  region: string,
  note: Note,
): Pick<ExecutionRole, 'boundaryDocument'> {
  const policy = policies.find(({Arn}) => Arn !== undefined && Arn === permissionsBoundary);
  return policy === undefined ? {} : {boundaryDocument: managedPolicy(policy, [], region, note).document};
}

function trusts({trustPolicy}: ExecutionRole, service: string): boolean {
  if (isUnresolved(trustPolicy)) return false;
  return trustPolicy.statements.some(({principal}) => principal?.Service?.includes(service));
}

function inlinePolicies(
  {RoleName: role = '', Arn: arn = '', RolePolicyList = []}: RoleDetail,
  region: string,
  note: Note,
): readonly IdentityPolicy[] {
  const origin = {arn, region};
  return RolePolicyList.map(({PolicyName = '', PolicyDocument: document}) => ({
    name: PolicyName,
    resource: role,
    roles: [arn],
    document: readDocument(document, role, origin, note),
    origin,
  }));
}

function managedPolicy(
  {PolicyName: name = '', Arn: arn = '', PolicyVersionList = []}: ManagedPolicyDetail,
  roles: readonly string[],
  region: string,
  note: Note,
): IdentityPolicy {
  const origin = {arn, region};
  const version = PolicyVersionList.find(({IsDefaultVersion}) => IsDefaultVersion);
  return {name, resource: arn, roles, document: readDocument(version?.Document, arn, origin, note), origin};
}

/** IAM gives its documents URL-encoded. */
function readDocument(
  encoded: string | undefined,
  resource: string,
  origin: {arn: string; region: string},
  note: Note,
): Resolvable<PolicyDocument> {
  try {
    return parsePolicy(decodeURIComponent(encoded ?? ''), origin);
  } catch (error) {
    if (!(error instanceof GearError || error instanceof URIError)) throw error;
    const reason = `a policy cannot be read: ${error.message}`;
    note({rule: 'iam/*', resource, reason, origin});
    return unresolved('the policy', reason);
  }
}
