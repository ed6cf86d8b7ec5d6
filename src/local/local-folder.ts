import {existsSync} from 'node:fs';
import {homedir} from 'node:os';
import {dirname, join, resolve} from 'node:path';
import {GearError} from '../errors.ts';

/**
 * Where the embedded AWS for a folder keeps its state: the nearest `.gear/local` that is there already, in the folder or
 * above it, so that the services of a repository share one; otherwise a new one beside the nearest gear.yaml, or in the
 * folder itself. The search ends at the repository's root and at the home folder.
 */
export function localFolder(from: string): string {
  // A misspelt folder would find the cloud of the folder above it, or get one of its own.
  if (!existsSync(from)) throw new GearError(`There is no folder ${from}`, {code: 'NO_FOLDER'});
  const folders = foldersAbove(resolve(from));
  const owner =
    folders.find(folder => existsSync(join(folder, '.gear', 'local'))) ??
    folders.find(folder => existsSync(join(folder, 'gear.yaml'))) ??
    resolve(from);
  return join(owner, '.gear', 'local');
}

function foldersAbove(start: string): string[] {
  const folders = [];
  for (let folder = start; ; folder = dirname(folder)) {
    if (folder === homedir() && folder !== start) return folders;
    folders.push(folder);
    if (existsSync(join(folder, '.git')) || dirname(folder) === folder) return folders;
  }
}
