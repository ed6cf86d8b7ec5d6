import type {Condition} from '../model/policy.ts';
import {isUnresolved} from '../model/resolvable.ts';

/** Whether every request that meets all of `given` meets all of `wanted`; when that cannot be told, no. */
export function implies(given: readonly Condition[], wanted: readonly Condition[]): boolean {
  return wanted.every(condition => given.some(other => isAtLeastAsStrict(other, condition)));
}

function isAtLeastAsStrict(strict: Condition, loose: Condition): boolean {
  if (strict.operator.toLowerCase() !== loose.operator.toLowerCase()) return false;
  if (strict.key.toLowerCase() !== loose.key.toLowerCase()) return false;
  // One value of a list has to match; of a negated operator none may.
  return /Not/.test(strict.operator) ? includesAll(strict, loose) : includesAll(loose, strict);
}

function includesAll({values}: Condition, {values: wanted}: Condition): boolean {
  return wanted.every(value => values.some(other => sameValue(value, other)));
}

function sameValue(one: Condition['values'][number], other: Condition['values'][number]): boolean {
  return isUnresolved(one) ? isUnresolved(other) && one.text === other.text : one === other;
}
