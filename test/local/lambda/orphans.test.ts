import {type ChildProcess, execFileSync, spawn} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {afterEach, beforeEach, expect, it} from 'vitest';
import {openReaper} from '../../../src/local/lambda/reaper.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gear-orphans-'));
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

it('leaves no environment behind when the embedded AWS is killed: neither a frozen one nor one that never yields', async () => {
  const parent = spawn(process.execPath, [fileURLToPath(new URL('./orphans-parent.ts', import.meta.url))], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // It is killed before it can clean up.
    env: {...process.env, TMPDIR: folder},
  });
  const {frozen, busy} = await firstLine(parent);
  await until(() => stateOf(frozen) === 'T');
  expect(stateOf(busy)).toBe('R');
  parent.kill('SIGKILL');
  await until(() => !isAlive(frozen) && !isAlive(busy));
});

it('finds at the next start what even the reaper missed, and nobody else', async () => {
  const idle = 'setInterval(() => {}, 1000)';
  const left = spawn(process.execPath, ['-e', idle, 'environment-one'], {detached: true, stdio: 'ignore'});
  const stranger = spawn(process.execPath, ['-e', idle], {detached: true, stdio: 'ignore'});
  for (const [id, {pid}] of [
    ['environment-one', left],
    ['environment-two', stranger],
  ] as const) {
    mkdirSync(join(folder, id));
    writeFileSync(join(folder, id, 'pid'), String(pid));
  }
  const ended = new Promise(resolve => left.once('exit', (_, signal) => resolve(signal)));
  openReaper(folder).close();
  expect(await ended).toBe('SIGKILL');
  expect(isAlive(stranger.pid!)).toBe(true);
  stranger.kill('SIGKILL');
});

function firstLine(child: ChildProcess): Promise<{frozen: number; busy: number}> {
  return new Promise(resolve => child.stdout!.once('data', data => resolve(JSON.parse(String(data)))));
}

function stateOf(pid: number): string {
  return execFileSync('ps', ['-o', 'state=', '-p', String(pid)], {encoding: 'utf8'}).trim()[0]!;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(resolve => setTimeout(resolve, 5));
}
