import {accessSync, constants, existsSync, statSync, writeFileSync} from 'node:fs';
import {dirname, resolve} from 'node:path';
import {describeFileError, GearError} from '../errors.ts';

/** Asked before anything is deployed: afterwards it would be too late to say so. */
export function requireWritable(file: string): void {
  const refused = (why: string) => new GearError(`--outputs-file ${file}: ${why}`, {code: 'NO_FOLDER'});
  const folder = dirname(resolve(file));
  if (!isFolder(folder)) throw refused(`there is no folder ${dirname(file)}`);
  if (isFolder(file)) throw refused('that is a folder');
  try {
    accessSync(existsSync(file) ? file : folder, constants.W_OK);
  } catch (error) {
    throw describeFileError(error);
  }
}

function isFolder(path: string): boolean {
  return statSync(path, {throwIfNoEntry: false})?.isDirectory() === true;
}

/** What `stack` was deployed for is not undone by a file. */
export function writeOutputsFile(file: string, stack: string, outputs: Readonly<Record<string, string>>): void {
  try {
    writeFileSync(file, `${JSON.stringify(outputs, null, 2)}\n`);
  } catch (error) {
    const refused = describeFileError(error);
    if (!(refused instanceof GearError)) throw refused;
    throw new GearError(`${stack} is deployed, but its outputs are not written: ${refused.message}`, {
      code: refused.code,
      cause: error,
    });
  }
}
