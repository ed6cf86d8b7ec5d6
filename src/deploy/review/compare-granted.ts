import {isDeepStrictEqual} from 'node:util';
import {implies} from '../../iam/implies.ts';
import {intersect, type PermissionSet, without} from '../../iam/permission-set.ts';
import {type AccessChange, type AccessLine, both, noChange} from './access-line.ts';
import type {Granted, Pair} from './granted.ts';

/**
 * What a role can do after and could not before, and the other way round, whatever statements say it. What is not known
 * counts as more than before; a permissions boundary takes away nothing of what is compared, but is compared itself.
 */
export function compareGranted(before: Granted, after: Granted): AccessChange {
  const gone = before.unknown.filter(line => !after.unknown.some(other => isDeepStrictEqual(line, other)));
  const isOpen = (line: AccessLine) =>
    line.kind === 'unknown' || !before.unknown.some(other => isDeepStrictEqual(line, other));
  return both(
    {widened: newlyAllowed(before, after), narrowed: newlyAllowed(after, before)},
    // Of a deny without conditions, what it leaves has been compared; one with conditions stands for itself.
    {widened: undenied(before, after), narrowed: undenied(after, before)},
    {widened: after.unknown.filter(isOpen), narrowed: gone},
    compareBoundaries(before, after),
  );
}

function newlyAllowed(before: Granted, after: Granted): readonly AccessLine[] {
  const deniedBefore = flatly(before.denies);
  const deniedAfter = flatly(after.denies);
  const same = new Set(before.allows.map(keyOf));
  return after.allows
    .filter(pair => {
      if (deniedBefore.length === 0 && same.has(keyOf(pair))) return false;
      const granted = without(pair.set, deniedAfter);
      const wasGranted = before.allows
        .filter(({conditions}) => implies(pair.conditions, conditions))
        .flatMap(({set}) => set);
      return without(granted, wasGranted).length > 0 || intersect(granted, deniedBefore).length > 0;
    })
    .map(({line}) => line);
}

function undenied(before: Granted, after: Granted): readonly AccessLine[] {
  return before.denies
    .filter(({conditions}) => conditions.length > 0 || after.unknown.length > 0)
    .filter(pair => {
      const stillDenied = after.denies
        .filter(({conditions}) => implies(pair.conditions, conditions))
        .flatMap(({set}) => set);
      return without(pair.set, stillDenied).length > 0;
    })
    .map(({line}) => line);
}

function flatly(denies: readonly Pair[]): PermissionSet {
  return denies.filter(({conditions}) => conditions.length === 0).flatMap(({set}) => set);
}

function keyOf({line: {action, resource, conditions}}: Pair): string {
  return JSON.stringify([action, resource, conditions]);
}

function compareBoundaries({boundary: before}: Granted, {boundary: after}: Granted): AccessChange {
  const line = (name: string): AccessLine => ({kind: 'permissions boundary', name});
  if (before === undefined) return after === undefined ? noChange : {widened: [], narrowed: [line(after.name)]};
  if (after === undefined) return {widened: [line(before.name)], narrowed: []};
  if (before.granted !== undefined && after.granted !== undefined) {
    const {widened, narrowed} = compareGranted(
      {...before.granted, boundary: undefined},
      {...after.granted, boundary: undefined},
    );
    return {
      widened: widened.length > 0 ? [line(after.name)] : [],
      narrowed: narrowed.length > 0 ? [line(after.name)] : [],
    };
  }
  return before.name === after.name ? noChange : {widened: [line(after.name)], narrowed: [line(before.name)]};
}
