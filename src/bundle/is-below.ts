import {relative} from 'node:path';

/** A folder is below itself. */
export function isBelow(folder: string, path: string): boolean {
  return !relative(folder, path).startsWith('..');
}
