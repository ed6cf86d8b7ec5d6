import {resolve, sep} from 'node:path';
import {GearError} from '../errors.ts';
import type {LocalFunction} from './local-functions.ts';

/** A folder is replaced when its function is built: two functions in it would each remove what the other has written. */
export function requireOwnFolders(functions: readonly LocalFunction[], folder: string): void {
  const owners = functions.filter(({entry}) => entry !== undefined).map(fn => ({fn, own: resolve(folder, fn.code)}));
  for (const [index, {fn, own}] of owners.entries()) {
    const other = owners.slice(0, index).find(earlier => contains(own, earlier.own) || contains(earlier.own, own));
    if (other === undefined) continue;
    const where = other.own === own ? `into ${fn.code}` : `into ${other.fn.code} and ${fn.code}`;
    throw new GearError(`${fn.where}: ${other.fn.logicalId} and ${fn.logicalId} are built ${where}`, {
      code: 'BUNDLE_FAILED',
      suggestions: ['give each function a folder of its own'],
    });
  }
}

/** Both are absolute, and each pair of functions is compared. */
function contains(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
