import type {PlacedTemplate} from '../../cloudformation/placed-template.ts';
import {readTemplateAccess, type TemplateAccess} from '../../inventory/read-template-access.ts';
import type {ExecutionRole} from '../../model/execution-role.ts';
import {asWritten, isUnresolved, type Resolvable} from '../../model/resolvable.ts';
import type {PlannedChange} from '../change-set.ts';
import {type AccessChange, type AccessLine, both, noChange} from './access-line.ts';
import {compareGranted} from './compare-granted.ts';
import {comparePrincipals} from './compare-principals.ts';
import type {Comparison} from './comparison.ts';
import {type Granted, grantedBy, grantedTo, nothingGranted} from './granted.ts';
import {resourcePolicyChanges} from './resource-policy-changes.ts';
import {pseudoParametersIn, type StackPlace} from './stack-place.ts';

/** What a deployment does to one role, policy or function: `changed` is widened and narrowed at once. */
export interface PermissionChange extends AccessChange {
  readonly kind: 'role' | 'policy' | 'function' | 'resource policy' | 'template' | 'resource';
  /** Logical ID. */
  readonly name: string;
  /** Of a role: who has it after the deployment. */
  readonly functions: readonly string[];
  readonly verdict: 'widened' | 'narrowed' | 'changed' | 'equal';
}

export interface AccessSource {
  readonly template: PlacedTemplate;
  readonly parameters: Readonly<Record<string, Resolvable<string>>>;
  /** What the template's pseudo parameters are; where it is absent, they stay placeholders. */
  readonly place?: StackPlace | undefined;
}

/**
 * Permissions before and after, compared by what they mean: another order, spelling or division into statements is no
 * change. Whatever CloudFormation leaves as it is stays equal without a look, and so does what only refers to something.
 */
export function permissionChanges(
  before: AccessSource | undefined,
  after: AccessSource,
  changes: readonly PlannedChange[],
): readonly PermissionChange[] {
  const old = before && accessIn(before);
  const now = accessIn(after);
  const context = {old: old ?? nobody, now, isChanged: changeTest(changes)};
  return [
    ...roleChanges(context),
    ...looseChanges(context),
    ...switchedRoles(context),
    ...resourcePolicyChanges(context).map(({name, change}) => subject('resource policy', name, change)),
    ...notCompared(now, changes),
  ];
}

function accessIn({template, parameters, place}: AccessSource): TemplateAccess {
  return readTemplateAccess(template, parameters, place && pseudoParametersIn(place));
}

/** Whether somebody gets more than before. */
export function widens({verdict}: PermissionChange): boolean {
  return verdict === 'widened' || verdict === 'changed';
}

const nobody: TemplateAccess = {functions: [], roles: [], policies: [], resourcePolicies: [], unread: []};

function changeTest(changes: readonly PlannedChange[]): Comparison['isChanged'] {
  const ids = new Set(changes.map(({logicalId}) => logicalId));
  return id => ids.has(id);
}

function subject(
  kind: PermissionChange['kind'],
  name: string,
  {widened, narrowed}: AccessChange,
  functions: readonly string[] = [],
): PermissionChange {
  const more = widened.length > 0;
  const less = narrowed.length > 0;
  const verdict = more && less ? 'changed' : more ? 'widened' : less ? 'narrowed' : 'equal';
  return {kind, name, functions, verdict, widened, narrowed};
}

function roleChanges({old, now, isChanged}: Comparison): readonly PermissionChange[] {
  const names = [...new Set([...now.roles, ...old.roles].map(({name}) => name))];
  return names.map(name => {
    const before = old.roles.find(role => role.name === name);
    const after = now.roles.find(role => role.name === name);
    const functions = now.functions.filter(({role}) => after !== undefined && role === after.arn).map(fn => fn.name);
    const isTouched = [...holdersOf(before, old), ...holdersOf(after, now)].some(isChanged);
    if (!isTouched) return subject('role', name, noChange, functions);
    const change = both(
      compareGranted(granted(before, old), granted(after, now)),
      comparePrincipals(before ? [before.trustPolicy] : [], after ? [after.trustPolicy] : []),
    );
    return subject('role', name, change, functions);
  });
}

/** The resources that decide what a role may do. */
function holdersOf(role: ExecutionRole | undefined, {policies}: TemplateAccess): readonly string[] {
  if (role === undefined) return [];
  const own = policies.filter(({roles}) => roles.includes(role.arn)).map(({resource}) => resource);
  const bounding = /\$\{(\w+)(?:\.Arn)?\}$/.exec(String(role.permissionsBoundary))?.[1];
  return [role.name, ...own, ...(bounding === undefined ? [] : [bounding])];
}

function granted(role: ExecutionRole | undefined, access: TemplateAccess): Granted {
  return role === undefined ? nothingGranted : grantedTo(role, access);
}

/** Policies for roles that are not in the template, or cannot be told. */
function looseChanges({old, now, isChanged}: Comparison): readonly PermissionChange[] {
  const isLoose = (access: TemplateAccess) => (policy: TemplateAccess['policies'][number]) =>
    !access.roles.some(({arn}) => policy.roles.includes(arn)) || policy.roles.some(isUnresolved);
  const before = old.policies.filter(isLoose(old));
  const after = now.policies.filter(isLoose(now));
  const names = [...new Set([...after, ...before].map(({resource}) => resource))].filter(isChanged);
  return names.map(name => {
    const of = (policies: TemplateAccess['policies']) => {
      const found = policies.find(({resource}) => resource === name);
      return found === undefined ? nothingGranted : grantedBy(found);
    };
    return subject('policy', name, compareGranted(of(before), of(after)));
  });
}

/** A function that takes another role may do something else, although no role has changed. */
function switchedRoles({old, now, isChanged}: Comparison): readonly PermissionChange[] {
  return now.functions.flatMap(({name, role}) => {
    const before = old.functions.find(fn => fn.name === name);
    const own = roleAt(role, now);
    if (!isChanged(name) || (own !== undefined && before === undefined)) return [];
    if (before !== undefined && asWritten(before.role) === asWritten(role) && !isUnresolved(role)) return [];
    const ownBefore = before && roleAt(before.role, old);
    if (own !== undefined && own.name === ownBefore?.name) return [];
    const change =
      own === undefined
        ? {widened: [elsewhere(role)], narrowed: []}
        : compareGranted(granted(ownBefore, old), granted(own, now));
    return [subject('function', name, change)];
  });
}

function roleAt(arn: Resolvable<string>, {roles}: TemplateAccess): ExecutionRole | undefined {
  return roles.find(role => role.arn === arn);
}

function elsewhere(role: Resolvable<string>): AccessLine {
  return isUnresolved(role)
    ? {kind: 'unknown', name: `its role ${role.text}`, reason: role.reason}
    : {kind: 'role', name: role};
}

function notCompared({unread}: TemplateAccess, changes: readonly PlannedChange[]): readonly PermissionChange[] {
  const unknown = (name: string, reason: string): AccessChange => ({
    widened: [{kind: 'unknown', name, reason}],
    narrowed: [],
  });
  const isAboutChange = ({resource}: {resource: string}) =>
    resource === '' || changes.some(({logicalId}) => logicalId === resource);
  return [
    ...unread
      .filter(isAboutChange)
      .map(({resource, reason}) => subject('template', resource, unknown(resource || 'the template', reason))),
    ...changes
      .filter(change => change.action !== 'Remove' && decidesAccess(change))
      .map(({logicalId, resourceType}) =>
        subject('resource', logicalId, unknown(logicalId, `gear does not compare ${resourceType}`)),
      ),
  ];
}

/** Types and properties that say who may do something, and that gear does not read. */
function decidesAccess({resourceType, properties, action}: PlannedChange): boolean {
  if (comparedTypes.has(resourceType)) return false;
  if (resourceType.startsWith('AWS::IAM::') || otherPolicies.has(resourceType)) return true;
  return action === 'Modify' && properties.some(({name}) => policyProperties.has(name));
}

const comparedTypes = new Set([
  'AWS::IAM::InstanceProfile',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::IAM::RolePolicy',
  'AWS::IAM::ServiceLinkedRole',
]);

const otherPolicies = new Set([
  'AWS::ECR::RegistryPolicy',
  'AWS::Events::EventBusPolicy',
  'AWS::Lambda::LayerVersionPermission',
  'AWS::Logs::ResourcePolicy',
  'AWS::RAM::ResourceShare',
  'AWS::S3::AccessPoint',
  'AWS::SNS::TopicInlinePolicy',
  'AWS::SQS::QueueInlinePolicy',
]);

const policyProperties = new Set(['AccessPolicies', 'FileSystemPolicy', 'RepositoryPolicyText', 'ResourcePolicy']);
