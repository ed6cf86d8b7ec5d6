import {awsManagedPolicy} from '../iam/managed-policies.ts';
import {matchesAction} from '../iam/match.ts';
import {intersect, isEmpty, type ResourceSet, resourcesLike, resourcesUnlike, subtract} from '../iam/resource-set.ts';
import type {ExecutionRole} from '../model/execution-role.ts';
import type {Inventory} from '../model/inventory.ts';
import type {PolicyDocument, Statement} from '../model/policy.ts';
import {isUnresolved, type Unresolved} from '../model/resolvable.ts';
import {policiesOf} from './relations.ts';

/** One pair of an Allow: an action pattern and a resource pattern as they are written, `not iam:*` for a NotAction. */
export interface Grant {
  readonly action: string;
  readonly resource: string;
  readonly statement: Statement;
  /** The managed policy of AWS that says so. */
  readonly managedPolicy?: string;
}

/**
 * What allows a role an action: from all of its policies together, those of AWS among them, less what its denies
 * without conditions take away, and less what the permissions boundary does not allow, where its document is known.
 */
export function grantsFinder(role: ExecutionRole, inventory: Inventory): (action: string) => readonly Grant[] {
  const known = latest.get(inventory);
  if (known?.role === role) return known.grantsFor;
  const grantsFor = onceForEach(finderOf(role, inventory));
  latest.set(inventory, {role, grantsFor});
  return grantsFor;
}

/** A rule asks for each statement of a role in turn; to keep the grants of all roles would take too much in an account. */
const latest = new WeakMap<Inventory, {role: ExecutionRole; grantsFor: (action: string) => readonly Grant[]}>();

function onceForEach<T>(find: (action: string) => T): (action: string) => T {
  const found = new Map<string, T>();
  return action => {
    const known = found.get(action) ?? find(action);
    found.set(action, known);
    return known;
  };
}

function finderOf(role: ExecutionRole, inventory: Inventory): (action: string) => readonly Grant[] {
  const statements = statementsOf(role, inventory);
  const allowed = pairs(statements.filter(({effect}) => effect === 'Allow'));
  const boundary = boundaryOf(role)?.statements;
  const denying = [...statements, ...(boundary ?? [])].filter(isFlatDeny);
  const limits = boundary?.filter(({effect}) => effect === 'Allow').map(openly);
  return action => {
    const granted = allowed.filter(grant => grant.matches(action));
    // Of most actions that a rule asks for there is nothing that could be denied.
    if (granted.length === 0) return [];
    const denied = resourcesOf(denying, action);
    const within = limits && resourcesOf(limits, action);
    return granted.filter(grant => isLeft(grant, denied, within)).map(({matches: _, ...grant}) => grant);
  };
}

/** Whether the grant is still good for any resource. */
function isLeft({resource, statement}: Grant, denied: ResourceSet, within?: ResourceSet): boolean {
  const granted = setOf(statement, resource);
  const named = denied.filter(({within: patterns}) => patterns.length > 0);
  if (named.length > 0 && isEmpty(subtract(granted, named))) return false;
  if (within === undefined && named.length === denied.length) return true;
  // A placeholder may stand for just what the boundary names, or the NotResource of a deny spares.
  const left = subtract(setOf(statement, withoutPlaceholders(resource)), denied);
  return !isEmpty(within === undefined ? left : intersect(left, within));
}

/** Of the statements that speak of an action, all resources that are known. */
function resourcesOf(statements: readonly Statement[], action: string): ResourceSet {
  return statements
    .filter(statement => actionsOf(statement).some(({matches}) => matches(action)))
    .flatMap(({effect, resources, notResources}) => {
      if (notResources.length === 0)
        return resources.flatMap(resource => (isUnresolved(resource) ? [] : resourcesLike(resource)));
      const spared = notResources.map(pattern => (isUnresolved(pattern) ? '*' : pattern));
      return resourcesUnlike(effect === 'Deny' ? spared.map(withoutPlaceholders) : spared);
    });
}

/** What is not known of an Allow may be anything. */
function openly(statement: Statement): Statement {
  const open = (patterns: Statement['resources']) =>
    patterns.map(pattern => (isUnresolved(pattern) ? '*' : withoutPlaceholders(pattern)));
  const notResources = statement.notResources.filter(
    pattern => !isUnresolved(pattern) && pattern === withoutPlaceholders(pattern),
  );
  if (statement.notResources.length > 0 && notResources.length === 0)
    return {...statement, notResources, resources: ['*']};
  return {...statement, resources: open(statement.resources), notResources};
}

/** A grant of NotResource is of everything else. */
function setOf({notResources}: Statement, resource: string): ResourceSet {
  return notResources.length === 0
    ? resourcesLike(resource)
    : resourcesUnlike(notResources.filter(pattern => typeof pattern === 'string'));
}

function withoutPlaceholders(pattern: string): string {
  return pattern.replaceAll(/\$\{[^}]*\}/g, '*');
}

/** A policy that the role has and whose statements nobody here knows, if there is one. */
export function opaquePolicy(role: ExecutionRole, inventory: Inventory): string | undefined {
  const attached = role.managedPolicies.find(({arn, origin}) => isUnresolved(arn) || !awsManagedPolicy(arn, origin));
  if (attached !== undefined) return isUnresolved(attached.arn) ? attached.arn.text : attached.arn;
  return policiesOf(role, inventory).find(({document}) => isUnresolved(document))?.name;
}

/** What is not known of a statement that may allow the action: on which resource, or whether it is about the action. */
export function openGrant(role: ExecutionRole, inventory: Inventory, action: string): Unresolved | undefined {
  return statementsOf(role, inventory)
    .filter(({effect}) => effect === 'Allow')
    .map(statement => {
      const isAbout = actionsOf(statement).some(({matches}) => matches(action));
      return (isAbout ? statement.resources : statement.actions).find(isUnresolved);
    })
    .find(unknown => unknown !== undefined);
}

interface SourcedStatement extends Statement {
  readonly managedPolicy?: string;
}

function statementsOf(role: ExecutionRole, inventory: Inventory): readonly SourcedStatement[] {
  const own = policiesOf(role, inventory).map(({document}) => document);
  const attached = role.managedPolicies.flatMap(({arn, origin}) => {
    const document = isUnresolved(arn) ? undefined : awsManagedPolicy(arn, origin);
    const managedPolicy = String(arn);
    return (document?.statements ?? []).map(statement => ({...statement, managedPolicy}));
  });
  return [...own.flatMap(document => (isUnresolved(document) ? [] : document.statements)), ...attached];
}

function isFlatDeny({effect, conditions}: Statement): boolean {
  return effect === 'Deny' && conditions.length === 0;
}

interface Pair extends Grant {
  matches(action: string): boolean;
}

function boundaryOf({permissionsBoundary: arn, boundaryDocument, origin}: ExecutionRole): PolicyDocument | undefined {
  const document = boundaryDocument ?? (typeof arn === 'string' ? awsManagedPolicy(arn, origin) : undefined);
  return document === undefined || isUnresolved(document) ? undefined : document;
}

function pairs(statements: readonly SourcedStatement[]): readonly Pair[] {
  return statements.flatMap(statement => {
    const resources = shownResources(statement);
    return actionsOf(statement).flatMap(({text, matches}) =>
      resources.map(resource => ({
        action: text,
        resource,
        statement,
        matches,
        ...(statement.managedPolicy === undefined ? {} : {managedPolicy: statement.managedPolicy}),
      })),
    );
  });
}

function actionsOf({actions, notActions}: Statement) {
  const known = actions
    .filter(action => typeof action === 'string')
    .map(text => ({text, matches: (action: string) => matchesAction(text, action)}));
  if (notActions.length === 0 || notActions.some(isUnresolved)) return known;
  const excepted = notActions.map(String);
  const matches = (action: string) => !excepted.some(pattern => matchesAction(pattern, action));
  return [{text: `not ${excepted.join(', ')}`, matches}];
}

/** What NotResource leaves is nearly everything, and is shown as that. */
function shownResources({resources, notResources}: Statement): readonly string[] {
  return notResources.length > 0 ? ['*'] : resources.filter(resource => typeof resource === 'string');
}
