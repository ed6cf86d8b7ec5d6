import {existsSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';

/**
 * Where the embedded AWS of a project keeps its state: `.gear/local` in the nearest folder that has a gear.yaml or a
 * .gear already, so that every folder of a project means the same cloud; in `from` itself when there is none.
 */
export function localFolder(from: string): string {
  const start = resolve(from);
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'gear.yaml')) || existsSync(join(folder, '.gear')))
      return join(folder, '.gear', 'local');
    if (dirname(folder) === folder) return join(start, '.gear', 'local');
  }
}
