import {existsSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';

/** The folder of the git repository that `folder` lies in. */
export function repositoryRoot(folder: string): string | undefined {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (at === dirname(at)) return undefined;
  }
}
