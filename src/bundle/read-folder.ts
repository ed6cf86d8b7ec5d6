import {readdir, readFile, stat} from 'node:fs/promises';
import {join, relative, sep} from 'node:path';
import {GearError, shownPath} from '../errors.ts';
import type {ZipEntry} from './zip.ts';

/** Every file below a folder, with POSIX paths relative to it. Symbolic links are followed by what they hold. */
export async function readFolder(folder: string): Promise<ZipEntry[]> {
  const entries = await readdir(folder, {recursive: true, withFileTypes: true});
  return Promise.all(
    entries
      .filter(entry => !entry.isDirectory())
      .map(async entry => {
        const path = join(entry.parentPath, entry.name);
        const mode = await modeOf(path);
        return {
          path: relative(folder, path).split(sep).join('/'),
          bytes: await readFile(path),
          ...(mode & 0o100 && {executable: true}),
        };
      }),
  );
}

/** Nobody may ever write to a named pipe that is read. */
async function modeOf(path: string): Promise<number> {
  const found = await stat(path).catch(error => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (found === undefined)
    throw new GearError(`${shownPath(path)} is a symbolic link that leads nowhere`, {code: 'FILE_REFUSED'});
  if (!found.isFile() && !found.isDirectory())
    throw new GearError(`${shownPath(path)} is neither a file nor a folder`, {code: 'FILE_REFUSED'});
  return found.mode;
}
