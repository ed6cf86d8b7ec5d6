import {list, required, string, structure} from './shape.ts';

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** `Tags` as most operations and resource types take them. */
export const tagList = list(structure({Key: required(string), Value: required(string)}));

/** By their keys, as some operations take them and as most services keep them; the last of a key counts. */
export function tagMap(tags: readonly Tag[] = []): Readonly<Record<string, string>> {
  return Object.fromEntries(tags.map(({Key, Value}) => [Key, Value]));
}
