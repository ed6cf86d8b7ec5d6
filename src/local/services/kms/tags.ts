import {list, required, string, structure} from '../../shape.ts';
import {invalid} from './errors.ts';

/** KMS has its own names for the two parts of a tag. */
export const tagList = list(structure({TagKey: required(string), TagValue: required(string)}));

interface Tag {
  readonly TagKey: string;
  readonly TagValue: string;
}

export function tagMap(tags: readonly Tag[] = []): Readonly<Record<string, string>> {
  const map = Object.fromEntries(tags.map(({TagKey, TagValue}) => [TagKey, TagValue]));
  if (Object.keys(map).length > 50) throw invalid('Too many tags: the most is 50.');
  return map;
}
