import {resolve} from 'node:path';
import {isBelow} from '../bundle/is-below.ts';
import {GearError} from '../errors.ts';
import type {LocalFunction} from './local-functions.ts';

/** A folder is replaced when its function is built: two functions in it would each remove what the other has written. */
export function requireOwnFolders(functions: readonly LocalFunction[], folder: string): void {
  const owners = functions.filter(({entry}) => entry !== undefined);
  for (const [index, fn] of owners.entries()) {
    const own = resolve(folder, fn.code);
    const other = owners
      .slice(0, index)
      .find(({code}) => isBelow(own, resolve(folder, code)) || isBelow(resolve(folder, code), own));
    if (other === undefined) continue;
    const where = resolve(folder, other.code) === own ? `into ${fn.code}` : `into ${other.code} and ${fn.code}`;
    throw new GearError(`${fn.where}: ${other.logicalId} and ${fn.logicalId} are built ${where}`, {
      code: 'BUNDLE_FAILED',
      suggestions: ['give each function a folder of its own'],
    });
  }
}
