import {mkdir, readdir, rename, rm, writeFile} from 'node:fs/promises';
import {basename, dirname, join, resolve} from 'node:path';
import type {ZipEntry} from './zip.ts';

/** Whole or not at all: the new one is written beside the old one, and an interruption leaves what was there before. */
export async function replaceFolder(path: string, entries: readonly ZipEntry[]): Promise<void> {
  // Without the slash that it may end in: names beside it are made of it.
  const target = resolve(path);
  await clearLeftovers(target);
  const draft = `${target}.${process.pid}`;
  const old = `${target}.${process.pid}.old`;
  for (const entry of entries) {
    await mkdir(dirname(join(draft, entry.path)), {recursive: true});
    await writeFile(join(draft, entry.path), entry.bytes);
  }
  await rename(target, old).catch(ignoreMissing);
  await rename(draft, target);
  await rm(old, {recursive: true, force: true});
}

/** What a process that was killed left beside the folder; one that still runs is about to rename it. */
async function clearLeftovers(target: string): Promise<void> {
  const name = basename(target);
  for (const entry of await readdir(dirname(target)).catch(() => [])) {
    const owner = entry.startsWith(`${name}.`) ? /^(\d+)(\.old)?$/.exec(entry.slice(name.length + 1))?.[1] : undefined;
    if (owner !== undefined && (Number(owner) === process.pid || !runs(Number(owner))))
      await rm(join(dirname(target), entry), {recursive: true, force: true});
  }
}

function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
