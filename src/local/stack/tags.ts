import {type Tag, tagMap} from '../tag-list.ts';

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
