import {coversResource, matchesAction} from '../iam/match.ts';
import type {ExecutionRole} from '../model/execution-role.ts';
import type {Inventory} from '../model/inventory.ts';
import type {Statement} from '../model/policy.ts';
import {isUnresolved} from '../model/resolvable.ts';

/** One pair of an Allow: an action pattern and a resource pattern as they are written. */
export interface Grant {
  readonly action: string;
  readonly resource: string;
  readonly statement: Statement;
}

/**
 * What allows a role an action: from all of its policies in the inventory together, less what a Deny without
 * conditions takes away. A permissions boundary is left out of account: it may be removed, and then this is what holds.
 */
export function grantsFinder(role: ExecutionRole, inventory: Inventory): (action: string) => readonly Grant[] {
  const statements = inventory.policies
    .filter(({roles}) => roles.includes(role.arn))
    .flatMap(({document}) => (isUnresolved(document) ? [] : document.statements));
  const allowed = pairs(statements.filter(({effect}) => effect === 'Allow'));
  const denied = pairs(statements.filter(({effect, conditions}) => effect === 'Deny' && conditions.length === 0));
  return action => {
    const denies = denied.filter(deny => matchesAction(deny.action, action));
    return allowed.filter(
      grant =>
        matchesAction(grant.action, action) && !denies.some(deny => coversResource(deny.resource, grant.resource)),
    );
  };
}

function pairs(statements: readonly Statement[]): readonly Grant[] {
  return statements.flatMap(statement =>
    statement.actions.flatMap(action =>
      isUnresolved(action)
        ? []
        : statement.resources.flatMap(resource => (isUnresolved(resource) ? [] : [{action, resource, statement}])),
    ),
  );
}
