import {list, required, string, structure} from '../shape.ts';

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** `Tags` as most resource types take them. */
export const tagList = list(structure({Key: required(string), Value: required(string)}));

/** As the APIs take them that want a map. */
export function tagMap(tags: readonly Tag[] = []): Readonly<Record<string, string>> {
  return Object.fromEntries(tags.map(({Key, Value}) => [Key, Value]));
}

/** What to set and which keys to take away, for APIs that cannot replace all tags at once. */
export function tagChanges(
  before: readonly Tag[] = [],
  after: readonly Tag[] = [],
): {readonly set: readonly Tag[]; readonly removed: readonly string[]} {
  const old = tagMap(before);
  const now = tagMap(after);
  return {
    set: after.filter(({Key, Value}) => old[Key] !== Value),
    removed: Object.keys(old).filter(key => now[key] === undefined),
  };
}
