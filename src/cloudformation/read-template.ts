import {lineCounter} from './line-starts.ts';
import type {PlacedTemplate} from './placed-template.ts';
import {nearestPlace, pathsAt} from './places.ts';
import {quickTree} from './quick-tree.ts';

/**
 * What `parseTemplate` says of the same text, with the last of duplicate keys taken, for who only reads: the parser
 * that recovers from errors is loaded for texts that need it.
 */
export async function readTemplate(
  text: string,
  file: string,
  {aliases = 'refused'}: {readonly aliases?: 'refused' | 'followed'} = {},
): Promise<PlacedTemplate> {
  const tree = quickTree(text);
  if (tree === undefined)
    return (await import('./parse.ts')).parseTemplate(text, file, {duplicateKeys: 'last', aliases});
  const {value, place, duplicates} = tree;
  const positionOf = lineCounter(text);
  const originAt = (offset: number) => ({file, ...positionOf(offset)});
  return {
    file,
    text,
    body: value as Record<string, unknown>,
    duplicateKeys: duplicates.map(({path, offsets}) => ({
      path,
      ignored: offsets.slice(0, -1).map(originAt),
      taken: originAt(offsets.at(-1)!),
    })),
    originOf(path) {
      const {keyStart, start} = nearestPlace(place, path);
      return originAt(keyStart ?? start);
    },
    pathsAt: offset => pathsAt(place, offset),
  };
}
