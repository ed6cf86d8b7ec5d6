import {existsSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

/**
 * The folder of a reference pipeline, its handlers bundled when gear was built; undefined for any other name. A
 * folder of the user's with the same name is theirs to deploy and goes first.
 */
export function findReference(name: string): string | undefined {
  if (!/^[a-z-]+$/.test(name) || existsSync(name)) return undefined;
  const folder = fileURLToPath(new URL(`../../dist/reference/${name}`, import.meta.url));
  return existsSync(folder) ? folder : undefined;
}
