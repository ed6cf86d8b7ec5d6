import {statSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import {basename, join} from 'node:path';
import type {PartFile} from '../bundle/part.ts';
import {readFolder} from '../bundle/read-folder.ts';
import {type Zip, zip, zipFile} from '../bundle/zip.ts';
import {GearError} from '../errors.ts';
import type {LocalFunction} from './local-functions.ts';

/** The code of a function as it lies in its folder; an archive is taken as it is. */
export async function packCode(
  folder: string,
  {code, where}: LocalFunction,
): Promise<{readonly entries: readonly PartFile[]; readonly packed: Zip}> {
  const path = join(folder, code);
  const found = statSync(path, {throwIfNoEntry: false});
  if (found === undefined)
    throw new GearError(`${where}: Code names ${code}, which does not exist`, {
      code: 'CODE_MISSING',
      suggestions: ['give the function Metadata: {Gear: {Entry: <its source file>}} and gear bundles it there'],
    });
  if (!found.isFile() && !found.isDirectory())
    throw new GearError(`${where}: Code names ${code}, which is neither a file nor a folder`, {code: 'FILE_REFUSED'});
  if (found.isFile() && /\.(zip|jar)$/.test(code)) {
    const {files, packed} = zipFile(await readFile(path), `${where}: ${code}`);
    return {entries: files, packed};
  }
  const entries = found.isDirectory() ? await readFolder(path) : [{path: basename(path), bytes: await readFile(path)}];
  return {
    entries: entries.map(entry => ({path: entry.path, bytes: entry.bytes.length})),
    packed: zip(entries),
  };
}
