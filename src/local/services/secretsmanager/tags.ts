import {list, required, string, structure} from '../../shape.ts';
import {invalidParameter} from './errors.ts';

export const tagList = list(structure({Key: required(string), Value: required(string)}));

interface Tag {
  readonly Key: string;
  readonly Value: string;
}

export function tagMap(tags: readonly Tag[] = []): Readonly<Record<string, string>> {
  const map = Object.fromEntries(tags.map(({Key, Value}) => [Key, Value]));
  if (Object.keys(map).length > 50) throw invalidParameter('A secret has 50 tags at most.');
  return map;
}
