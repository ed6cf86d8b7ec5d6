import {existsSync, statSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import {dirname, join, relative, sep} from 'node:path';
import {GearError} from '../errors.ts';
import {readFolder} from './read-folder.ts';
import type {ZipEntry} from './zip.ts';

/**
 * The entry's package and, of the packages and modules beside it, those that it imports, directly or not: each whole,
 * since a package may read its own data files. What another function imports alone stays behind.
 */
export async function pythonModules(folder: string, entry: string): Promise<readonly ZipEntry[]> {
  const path = join(folder, entry);
  if (!existsSync(path)) throw new GearError(`${entry} does not exist`, {code: 'BUNDLE_FAILED'});
  const root = sourceRoot(path);
  const [first] = relative(root, path).split(sep);
  const names = [first!.replace(/\.py$/, '')];
  const entries: ZipEntry[] = [];
  // Grows while it is walked: what a package imports is looked at in its turn.
  for (const name of names) {
    const found = await readModule(root, name);
    entries.push(...found);
    for (const imported of found.flatMap(importedNames)) if (!names.includes(imported)) names.push(imported);
  }
  return entries;
}

/** Python's own rule: a folder with an `__init__.py` is a package, and what holds the outermost one is on the path. */
function sourceRoot(path: string): string {
  let root = dirname(path);
  while (existsSync(join(root, '__init__.py'))) root = dirname(root);
  return root;
}

/** None when the name is no neighbour: then it is the standard library's, the runtime's or a requirement. */
async function readModule(root: string, name: string): Promise<readonly ZipEntry[]> {
  const folder = join(root, name);
  if (statSync(folder, {throwIfNoEntry: false})?.isDirectory()) {
    const files = await readFolder(folder);
    return files
      .filter(({path}) => !/(^|\/)(__pycache__\/|\.)|\.py[co]$/.test(path))
      .map(({path, bytes}) => ({path: `${name}/${path}`, bytes}));
  }
  const file = `${name}.py`;
  return existsSync(join(root, file)) ? [{path: file, bytes: await readFile(join(root, file))}] : [];
}

function importedNames({path, bytes}: ZipEntry): string[] {
  if (!path.endsWith('.py')) return [];
  const statements = Buffer.from(bytes)
    .toString()
    .matchAll(/^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import\b|import[ \t]+([\w., \t]+))/gm);
  return [...statements].flatMap(([, from, list]) =>
    (from ?? list!).split(',').flatMap(name => /^\s*(\w+)/.exec(name)?.[1] ?? []),
  );
}
