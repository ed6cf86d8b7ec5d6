import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {GearError} from '../errors.ts';
import type {RenderedFile} from './render-service.ts';

export interface ComparedFile extends RenderedFile {
  /** What stands in the folder now: nothing, the same, or something else. */
  readonly status: 'new' | 'unchanged' | 'differs';
}

export async function compareService<File extends RenderedFile>(
  folder: string,
  files: readonly File[],
): Promise<readonly (File & ComparedFile)[]> {
  return Promise.all(
    files.map(async file => {
      const present = await readIfPresent(join(folder, file.path));
      const status = present === undefined ? 'new' : present === file.contents ? 'unchanged' : 'differs';
      return {...file, status} as const;
    }),
  );
}

/** Where a file stands in the way of a folder, or the other way round, there is nothing to compare: writing will tell. */
async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const {code = '', message} = error as NodeJS.ErrnoException;
    if (['ENOENT', 'EISDIR', 'ENOTDIR'].includes(code)) return undefined;
    throw new GearError(`${path} cannot be read: ${message}`, {code: 'FILE_UNREADABLE', cause: error});
  }
}
