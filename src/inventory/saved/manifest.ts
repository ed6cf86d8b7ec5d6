import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {GearError, shownPath} from '../../errors.ts';

/** What a folder holds that `gear audit --save` wrote. */
export interface Manifest {
  readonly version: 1;
  /** The version of gear that wrote it. */
  readonly gear: string;
  /** ISO: an audit of it is as of that day. */
  readonly readAt: string;
  /** False when the reading was interrupted. */
  readonly complete: boolean;
  readonly accounts: readonly {readonly account: string; readonly region: string}[];
}

export const manifestName = 'gear-account.json';

/** Undefined where gear wrote nothing. */
export function readManifest(folder: string): Manifest | undefined {
  const file = join(folder, manifestName);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const manifest = fromJson(text, file) as Manifest;
  const accounts: readonly unknown[] = Array.isArray(manifest?.accounts) ? manifest.accounts : [];
  if (manifest?.version !== 1 || !isDate(manifest.readAt) || accounts.length === 0 || !accounts.every(isAccount))
    throw new GearError(`${shownPath(file)} is not what gear audit --save of this version writes`, {
      code: 'SAVED_UNREADABLE',
    });
  return manifest;
}

export function fromJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new GearError(`${shownPath(file)} is no JSON: ${(error as Error).message}`, {code: 'SAVED_UNREADABLE'});
  }
}

function isDate(text: unknown): boolean {
  return typeof text === 'string' && !Number.isNaN(Date.parse(text));
}

/** The two are folders below. */
function isAccount(value: unknown): boolean {
  const {account, region} = (value ?? {}) as Record<string, unknown>;
  return isText(account, /^\d{12}$/) && isText(region, /^[a-z0-9-]+$/);
}

function isText(value: unknown, form: RegExp): boolean {
  return typeof value === 'string' && form.test(value);
}
