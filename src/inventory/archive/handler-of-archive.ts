import {readZipFile} from '../../bundle/zip-entry.ts';
import type {WorkPlace} from '../../code/handler-code.ts';
import {isBundled} from '../../code/is-bundled.ts';
import {workInHandler} from '../../code/work-in-handler.ts';
import {handlerPaths, handlerPlace} from '../handler-paths.ts';
import {handlerBySourceMap} from './handler-by-source-map.ts';
import type {ReadArchive} from './read-archive.ts';

/** What a handler in an archive does again in each invocation, or why that cannot be told; as JSON, to be kept. */
export type ArchivedHandler = Handled | UnseenHandler;

/** Code that was read and does not show it, or that could not be read. */
export type UnseenHandler = {readonly notJudged: string} | {readonly notChecked: string};

export interface Handled {
  readonly path: string;
  readonly work: readonly WorkPlace[];
  /** The path is that of its source. */
  readonly bySourceMap?: true;
}

/** Undefined in a language that gear does not read. */
export async function handlerOfArchive(
  {entries, readBytes}: ReadArchive,
  {handler, runtime}: {readonly handler: string; readonly runtime: string},
): Promise<ArchivedHandler | undefined> {
  const paths = handlerPaths(handler, runtime);
  if (paths.length === 0) return undefined;
  const entry = paths.map(path => entries.find(each => each.path === path)).find(each => each !== undefined);
  if (entry === undefined) return {notJudged: 'the file of its handler is not in its package'};
  const {name} = handlerPlace(handler, entry.path);
  const mapped = async () => {
    const map = entries.find(({path}) => path === `${entry.path}.map`);
    if (map === undefined || map.bytes > largestMap) return undefined;
    const bytes = await readZipFile(map, readBytes);
    const found = bytes && (await handlerBySourceMap(Buffer.from(bytes).toString('utf8'), name));
    return found && {...found, bySourceMap: true as const};
  };
  if (entry.bytes > largest || entry.compressedBytes > largest)
    return (await mapped()) ?? {notJudged: 'the file of its handler has more than 1 MB'};
  const bytes = await readZipFile(entry, readBytes);
  if (bytes === undefined) return {notChecked: 'the file of its handler cannot be unpacked'};
  const text = Buffer.from(bytes).toString('utf8');
  const work = await workInHandler({file: entry.path, text, name});
  const bundled = isBundled(entry.path, text);
  const source = bundled ? await mapped() : undefined;
  if (source !== undefined) return source;
  if (work !== undefined && work.length > 0) return {path: entry.path, work};
  // Only what is found in a bundle is certain.
  if (bundled) return {notJudged: bundledCode};
  return work === undefined
    ? {notJudged: 'the code of its handler is not as gear can read it'}
    : {path: entry.path, work};
}

/** Why the handler of a bundle is not judged. */
export const bundledCode =
  'its code is bundled: put a source map with its sources beside it, or audit it where its source is';

/** `app/orders.mjs:3 in its package`. */
export function placeInArchive({path, bySourceMap}: Handled, line: number): string {
  return `${path}:${line} ${bySourceMap ? 'by its source map' : 'in its package'}`;
}

/** Bytes of a file that somebody wrote; what is larger is a bundle. */
const largest = 1_000_000;

/** It holds the text of every package in the bundle. */
const largestMap = 30_000_000;
