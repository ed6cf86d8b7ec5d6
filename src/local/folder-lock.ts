import {rmSync} from 'node:fs';
import {join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {GearError} from '../errors.ts';
import {isDamagedDatabase} from './damaged-database.ts';

/**
 * One cloud per folder. The lock is the operating system's, held through SQLite: it goes away with the process however
 * that ends, which no file with a process id in it can promise. The answer releases it.
 */
export function lockFolder(folder: string): () => void {
  const file = join(folder, 'lock.sqlite');
  const database = new DatabaseSync(file);
  try {
    // Nothing is ever written, so there is nothing to keep a journal for.
    database.exec('pragma journal_mode = memory; begin exclusive');
  } catch (cause) {
    database.close();
    // It holds nothing, and nobody can hold it.
    if (isDamagedDatabase(cause)) {
      rmSync(file);
      return lockFolder(folder);
    }
    throw new GearError(`Another gear local already runs on ${folder}`, {
      code: 'LOCAL_FOLDER_IN_USE',
      suggestions: ['gear local status'],
      cause,
    });
  }
  return () => database.close();
}

export function isLocked(folder: string): boolean {
  try {
    lockFolder(folder)();
    return false;
  } catch (error) {
    if (error instanceof GearError) return true;
    throw error;
  }
}
