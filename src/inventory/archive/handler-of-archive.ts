import {readZipFile} from '../../bundle/zip-entry.ts';
import type {WorkPlace} from '../../code/handler-code.ts';
import {isBundled} from '../../code/is-bundled.ts';
import {workInHandler} from '../../code/work-in-handler.ts';
import {handlerPaths} from '../handler-paths.ts';
import type {ReadArchive} from './read-archive.ts';

/** What a handler in an archive does again in each invocation, or why that cannot be told; as JSON, to be kept. */
export type ArchivedHandler =
  | {readonly path: string; readonly work: readonly WorkPlace[]}
  | {readonly notChecked: string};

/** Undefined in a language that gear does not read. */
export async function handlerOfArchive(
  {entries, readBytes}: ReadArchive,
  {handler, runtime}: {readonly handler: string; readonly runtime: string},
): Promise<ArchivedHandler | undefined> {
  const {name, paths} = handlerPaths(handler, runtime);
  if (paths.length === 0) return undefined;
  const entry = paths.map(path => entries.find(each => each.path === path)).find(each => each !== undefined);
  if (entry === undefined) return {notChecked: 'the file of its handler is not in its package'};
  if (entry.bytes > largest || entry.compressedBytes > largest)
    return {notChecked: 'the file of its handler has more than 1 MB'};
  const bytes = await readZipFile(entry, readBytes);
  if (bytes === undefined) return {notChecked: 'the file of its handler cannot be unpacked'};
  const text = Buffer.from(bytes).toString('utf8');
  const work = await workInHandler({file: entry.path, text, name});
  if (work !== undefined && work.length > 0) return {path: entry.path, work};
  // Only what is found in a bundle is certain.
  if (isBundled(entry.path, text))
    return {
      notChecked: 'its code is bundled: audit it in the folder of its source, as it was deployed, or by its template',
    };
  return work === undefined
    ? {notChecked: 'the code of its handler is not as gear can read it'}
    : {path: entry.path, work};
}

/** Bytes of a file that somebody wrote; what is larger is a bundle. */
const largest = 1_000_000;
