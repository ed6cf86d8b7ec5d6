import type {UsageReport} from '../local/access/usage.ts';
import type {Inventory} from '../model/inventory.ts';
import {unresolved} from '../model/resolvable.ts';

/** The roles of functions, each with what the embedded AWS has recorded of it. */
export function withRecordedUse(inventory: Inventory, {functions}: UsageReport): Inventory {
  const wanted = new Set(inventory.functions.map(({role}) => role));
  // Of functions that share a role, one that was not invoked says less of it.
  const inOrder = functions.toSorted((a, b) => a.invocations - b.invocations);
  const grants = new Map(inOrder.map(({roleArn, granted}) => [roleArn, granted]));
  const roles = inventory.roles.map(role => {
    if (!wanted.has(role.arn)) return role;
    const own = grants.get(role.arn);
    const use = own === undefined ? unknown : {kind: 'recorded' as const, grants: own};
    return {...role, use};
  });
  return {...inventory, roles};
}

const unknown = unresolved('the use of its permissions', 'the embedded AWS has no record of the role');
