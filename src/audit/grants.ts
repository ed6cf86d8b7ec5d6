import {awsManagedPolicy} from '../iam/managed-policies.ts';
import {coversResource, matchesAction, overlapsResource} from '../iam/match.ts';
import type {ExecutionRole} from '../model/execution-role.ts';
import type {Inventory} from '../model/inventory.ts';
import type {PolicyDocument, Statement} from '../model/policy.ts';
import {isUnresolved, type Resolvable} from '../model/resolvable.ts';
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
 * What allows a role an action: from all of its policies together, those of AWS among them, less what a Deny without
 * conditions takes away, and less what the permissions boundary does not allow, where its document is known.
 */
export function grantsFinder(role: ExecutionRole, inventory: Inventory): (action: string) => readonly Grant[] {
  const statements = statementsOf(role, inventory);
  const allowed = pairs(statements.filter(({effect}) => effect === 'Allow'));
  const denied = pairs(statements.filter(isFlatDeny));
  const boundary = boundaryOf(role);
  return action => {
    const denies = denied.filter(deny => deny.matches(action));
    return allowed
      .filter(
        grant =>
          grant.matches(action) &&
          !denies.some(deny => coversResource(deny.resource, grant.resource)) &&
          (boundary === undefined || isWithin(boundary, action, grant.resource)),
      )
      .map(({matches: _, ...grant}) => grant);
  };
}

/** A policy that the role has and whose statements nobody here knows, if there is one. */
export function opaquePolicy(role: ExecutionRole, inventory: Inventory): string | undefined {
  const attached = role.managedPolicies.find(({arn, origin}) => isUnresolved(arn) || !awsManagedPolicy(arn, origin));
  if (attached !== undefined) return isUnresolved(attached.arn) ? attached.arn.text : attached.arn;
  return policiesOf(role, inventory).find(({document}) => isUnresolved(document))?.name;
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

function isWithin({statements}: PolicyDocument, action: string, resource: string): boolean {
  const denied = pairs(statements.filter(isFlatDeny));
  const allowed = pairs(statements.filter(({effect}) => effect === 'Allow'));
  return (
    !denied.some(deny => deny.matches(action) && coversResource(deny.resource, resource)) &&
    allowed.some(allow => allow.matches(action) && overlapsResource(allow.resource, resource))
  );
}

function pairs(statements: readonly SourcedStatement[]): readonly Pair[] {
  return statements.flatMap(statement => {
    const resources = resourcesOf(statement);
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

/** What NotResource leaves is nearly everything, and is taken for that: of a Deny it is taken for nothing. */
function resourcesOf({effect, resources, notResources}: Statement): readonly string[] {
  const known = resources.filter((resource: Resolvable<string>) => typeof resource === 'string');
  return notResources.length > 0 && effect === 'Allow' ? ['*'] : known;
}
