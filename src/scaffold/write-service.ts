import {randomUUID} from 'node:crypto';
import {mkdir, readFile, rename, rm, rmdir, stat, writeFile} from 'node:fs/promises';
import {basename, dirname, join, resolve} from 'node:path';
import {fileErrorReasons, GearError, shownPath} from '../errors.ts';
import {type ComparedFile, compareService} from './compare-service.ts';
import type {RenderedFile} from './render-service.ts';

export interface WrittenFile {
  readonly path: string;
  readonly status: 'written' | 'unchanged';
}

/**
 * Writes all files or none. A file that is there already is left alone when it is the same and is in the way when it
 * differs, unless `force` says to overwrite it.
 */
export async function writeService(
  folder: string,
  files: readonly RenderedFile[],
  {force = false, signal}: {force?: boolean; signal?: AbortSignal} = {},
): Promise<readonly WrittenFile[]> {
  const compared = await compareService(folder, files);
  const inTheWay = compared.filter(({status}) => status === 'differs').map(({path}) => path);
  if (inTheWay.length > 0 && !force) throw conflict(folder, inTheWay);
  const wanted = compared.filter(({status}) => status !== 'unchanged');
  try {
    if (await exists(folder)) await writeInto(folder, wanted, signal);
    else await writeFolder(folder, wanted, signal);
  } catch (error) {
    throw unwritable(folder, error);
  }
  return compared.map(({path, status}) => ({path, status: status === 'unchanged' ? 'unchanged' : 'written'}));
}

/** A new folder is made under another name and appears at once, whole. */
async function writeFolder(folder: string, files: readonly ComparedFile[], signal?: AbortSignal): Promise<void> {
  const target = resolve(folder);
  const undo: Undo[] = [];
  try {
    await makeFolder(dirname(target), undo);
    const draft = draftOf(target);
    undo.push(() => rm(draft, {recursive: true, force: true}));
    for (const {path, contents} of files) {
      signal?.throwIfAborted();
      await mkdir(dirname(join(draft, path)), {recursive: true});
      await writeFile(join(draft, path), contents);
    }
    signal?.throwIfAborted();
    await rename(draft, target);
  } catch (error) {
    await rollBack(undo);
    throw error;
  }
}

/** In a folder that is there, each file appears whole; what was done is undone when a later one fails. */
async function writeInto(folder: string, files: readonly ComparedFile[], signal?: AbortSignal): Promise<void> {
  const undo: Undo[] = [];
  try {
    for (const {path, contents, status} of files) {
      signal?.throwIfAborted();
      const target = resolve(folder, path);
      await makeFolder(dirname(target), undo);
      const before = status === 'differs' ? await readFile(target) : undefined;
      const draft = draftOf(target);
      undo.push(() => rm(draft, {force: true}));
      await writeFile(draft, contents);
      await rename(draft, target);
      undo.push(() => (before === undefined ? rm(target) : writeFile(target, before)));
    }
  } catch (error) {
    await rollBack(undo);
    throw error;
  }
}

/** Beside the target, so that renaming never crosses a file system; out of sight, should it be left after all. */
function draftOf(target: string): string {
  return join(dirname(target), `.${basename(target)}.${randomUUID()}`);
}

const draftName = /\.([^/\\]+)\.[\da-f-]{36}/;

type Undo = () => Promise<unknown>;

async function rollBack(undo: readonly Undo[]): Promise<void> {
  // A step that cannot be undone must not keep the others from it.
  for (const step of undo.toReversed()) await step().catch(() => undefined);
}

/** Makes the folders that are missing, each to be removed again if it is still empty then. */
async function makeFolder(folder: string, undo: Undo[]): Promise<void> {
  if (await exists(folder)) return;
  await makeFolder(dirname(folder), undo);
  await mkdir(folder);
  undo.push(() => rmdir(folder));
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}

function conflict(folder: string, paths: readonly string[]): GearError {
  const files = paths.map(path => join(folder, path)).join(', ');
  const differ = paths.length === 1 ? 'differs' : 'differ';
  return new GearError(`${files} ${differ} from what would be written; nothing was changed`, {
    code: 'FILES_DIFFER',
    suggestions: ['the same command with --dir and another folder', 'the same command with --force, which overwrites'],
  });
}

/** What the file system refuses, the user can act on; an interruption and a bug stay what they are. */
function unwritable(folder: string, error: unknown): unknown {
  const {code, path, message} = error as NodeJS.ErrnoException;
  // An AbortError has a code too, but a number.
  if (typeof code !== 'string') return error;
  const where = shownPath(path?.replace(draftName, '$1') ?? folder);
  return new GearError(`${folder} was not written: ${where}: ${fileErrorReasons[code] ?? message}`, {
    code: 'FOLDER_UNWRITABLE',
    suggestions: ['the same command with --dir and another folder'],
    cause: error,
  });
}
