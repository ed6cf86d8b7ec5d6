import {type Tag, tagMap} from '../../tag-list.ts';
import {invalidParameter} from './errors.ts';

export function limitedTags(tags: readonly Tag[] | undefined): Readonly<Record<string, string>> {
  const map = tagMap(tags);
  if (Object.keys(map).length > 50) throw invalidParameter('A secret has 50 tags at most.');
  return map;
}
