import {statSync, writeFileSync} from 'node:fs';
import {dirname, resolve} from 'node:path';
import {describeFileError, GearError} from '../errors.ts';

/** Asked before anything is deployed: afterwards it would be too late to say so. */
export function requireFolderOf(file: string): void {
  if (statSync(dirname(resolve(file)), {throwIfNoEntry: false})?.isDirectory()) return;
  throw new GearError(`--outputs-file ${file}: there is no folder ${dirname(file)}`, {code: 'NO_FOLDER'});
}

export function writeOutputsFile(file: string, outputs: Readonly<Record<string, string>>): void {
  try {
    writeFileSync(file, `${JSON.stringify(outputs, null, 2)}\n`);
  } catch (error) {
    throw describeFileError(error);
  }
}
