import type {Path} from './value-at.ts';

/** Where a value stands in a text, and its members where theirs are. */
export interface Place {
  readonly start: number;
  readonly end: number;
  readonly keyStart?: number | undefined;
  readonly members?: ReadonlyMap<string, Place> | readonly Place[] | undefined;
}

/** The place of the value at a path, or of its nearest ancestor that has one. */
export function nearestPlace(root: Place, path: Path): Place {
  let place = root;
  for (const part of path) {
    const next = memberOf(place, part);
    if (next === undefined) return place;
    place = next;
  }
  return place;
}

function memberOf({members}: Place, part: string | number): Place | undefined {
  if (members === undefined) return undefined;
  return 'get' in members ? members.get(String(part)) : members[Number(part)];
}

/** Paths of the values, keys included, that an offset is part of, the outermost first. */
export function pathsAt(root: Place, offset: number): readonly (readonly string[])[] {
  const found: string[][] = [];
  const walk = (place: Place, path: string[]) => {
    if ((place.keyStart ?? place.start) <= offset && offset < place.end) found.push(path);
    for (const [key, member] of place.members?.entries() ?? []) walk(member, [...path, String(key)]);
  };
  walk(root, []);
  return found.sort((a, b) => a.length - b.length);
}
