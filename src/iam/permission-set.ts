import {
  isEmpty,
  type ResourceSet,
  resourcesLike,
  intersect as resourcesOfBoth,
  resourcesUnlike,
  subtract,
} from './resource-set.ts';

/** Every action of the one set on every resource of the other, in one piece or several. */
export type PermissionSet = readonly Piece[];

interface Piece {
  readonly actions: ResourceSet;
  readonly resources: ResourceSet;
}

export function permissions(actions: ResourceSet, resources: ResourceSet): PermissionSet {
  return isEmpty(actions) || isEmpty(resources) ? [] : [{actions, resources}];
}

/** What Action patterns match, whatever their case. */
export function actionsLike(patterns: readonly string[]): ResourceSet {
  return patterns.flatMap(pattern => resourcesLike(asArn(pattern)));
}

/** What NotAction leaves. */
export function actionsUnlike(patterns: readonly string[]): ResourceSet {
  return resourcesOfBoth(resourcesLike(asArn('*')), resourcesUnlike(patterns.map(asArn)));
}

/** Sets are of ARNs, so an action is put where the resource of one stands: its own colon is nothing special there. */
function asArn(action: string): string {
  return `arn:aws:actions:::${action.toLowerCase()}`;
}

/** What is left of `from`; when that cannot be told, too much rather than too little. */
export function without(from: PermissionSet, taken: PermissionSet): PermissionSet {
  return taken.reduce<PermissionSet>(
    (left, piece) =>
      left.flatMap(({actions, resources}) => [
        ...permissions(subtract(actions, piece.actions), resources),
        ...permissions(resourcesOfBoth(actions, piece.actions), subtract(resources, piece.resources)),
      ]),
    from,
  );
}

export function intersect(one: PermissionSet, other: PermissionSet): PermissionSet {
  return one.flatMap(a =>
    other.flatMap(b => permissions(resourcesOfBoth(a.actions, b.actions), resourcesOfBoth(a.resources, b.resources))),
  );
}
