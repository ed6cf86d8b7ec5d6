import {readdir, readFile, stat} from 'node:fs/promises';
import {join, relative, sep} from 'node:path';
import type {ZipEntry} from './zip.ts';

/** Every file below a folder, with POSIX paths relative to it. Symbolic links are followed by what they hold. */
export async function readFolder(folder: string): Promise<ZipEntry[]> {
  const entries = await readdir(folder, {recursive: true, withFileTypes: true});
  return Promise.all(
    entries
      .filter(entry => !entry.isDirectory())
      .map(async entry => {
        const path = join(entry.parentPath, entry.name);
        const {mode} = await stat(path);
        return {
          path: relative(folder, path).split(sep).join('/'),
          bytes: await readFile(path),
          ...(mode & 0o100 && {executable: true}),
        };
      }),
  );
}
