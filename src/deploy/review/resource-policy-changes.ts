import {asWritten} from '../../model/resolvable.ts';
import type {ResourcePolicy} from '../../model/resource-policy.ts';
import type {AccessChange} from './access-line.ts';
import {comparePrincipals} from './compare-principals.ts';
import type {Comparison} from './comparison.ts';

/**
 * Policies of queues, topics, buckets, keys, secrets and functions: all that are about the same thing together, as
 * permissions of a function are resources each, and another name for one is no change.
 */
export function resourcePolicyChanges({
  old,
  now,
  isChanged,
}: Comparison): readonly {readonly name: string; readonly change: AccessChange}[] {
  const before = byTarget(old.resourcePolicies);
  const after = byTarget(now.resourcePolicies);
  return [...new Set([...after.keys(), ...before.keys()])].flatMap(target => {
    const was = before.get(target) ?? [];
    const is = after.get(target) ?? [];
    const names = [...new Set([...is, ...was].map(({name}) => name))].filter(isChanged);
    if (names.length === 0) return [];
    const change = comparePrincipals(
      was.map(({document}) => document),
      is.map(({document}) => document),
    );
    return [{name: names.join(', '), change}];
  });
}

function byTarget(policies: readonly ResourcePolicy[]): ReadonlyMap<string, readonly ResourcePolicy[]> {
  return Map.groupBy(policies, ({kind, targets}) => `${kind} ${targets.map(asWritten).join(' ')}`);
}
