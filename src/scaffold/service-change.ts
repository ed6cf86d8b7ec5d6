import {readdir, rm, rmdir} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {writeService} from './write-service.ts';

/** What a service's files become. */
export interface ServiceChange {
  /** The logical ID of the function. */
  readonly functionId: string;
  /** Empty when there is nothing to do. */
  readonly files: readonly ChangedFile[];
  /** What the person should know besides. */
  readonly notes: readonly string[];
}

export interface ChangedFile {
  /** Below the service's folder, with `/` on every platform. */
  readonly path: string;
  /** Absent for a file that is new. */
  readonly before?: string;
  /** Absent for a file that goes. */
  readonly after?: string;
}

/** Writes all changes or none; files go last, and with them the folders that they leave empty. */
export async function writeChange(folder: string, {files}: ServiceChange, signal?: AbortSignal): Promise<void> {
  const written = files.flatMap(({path, after}) => (after === undefined ? [] : [{path, contents: after}]));
  await writeService(folder, written, {force: true, ...(signal && {signal})});
  for (const {path, after} of files) {
    if (after !== undefined) continue;
    await rm(join(folder, path));
    await removeIfEmpty(dirname(join(folder, path)));
  }
}

/** A folder with something else in it stays; what Python compiled of files that are gone is nothing. */
async function removeIfEmpty(folder: string): Promise<void> {
  const names = await readdir(folder);
  if (names.length === 1 && names[0] === '__pycache__') await rm(join(folder, '__pycache__'), {recursive: true});
  await rmdir(folder).catch(() => undefined);
}
