import {spawn} from 'node:child_process';
import {closeSync, fstatSync, mkdirSync, openSync, readFileSync, renameSync, statSync, writeFileSync} from 'node:fs';
import {extname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {type LocalConnection, readConnection} from './connection-file.ts';
import {askHealth} from './control-client.ts';
import {readFailure} from './daemon-failure.ts';

export interface DaemonOptions {
  /** The one used last time in this folder, else 4566, else any free one, unless said. */
  readonly port?: number;
  readonly region?: string;
  /** The seed of a disorder, or `off`. */
  readonly chaos?: string;
  /** Seconds without a request after which it ends. */
  readonly idle?: number;
}

/** Starts a cloud that outlives this process, and answers when it is ready. */
export async function spawnDaemon(folder: string, options: DaemonOptions): Promise<LocalConnection> {
  prepareFolder(folder);
  const log = join(folder, 'daemon.log');
  setAside(log);
  const output = openSync(log, 'a', 0o600);
  const before = fstatSync(output).size;
  const child = spawn(process.execPath, [entry(), JSON.stringify({...options, folder})], {
    cwd: folder,
    detached: true,
    env: environment(),
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  let ended: string | undefined;
  child.once('error', error => {
    ended = error.message;
  });
  child.once('exit', (code, signal) => {
    ended = signal ?? `exit code ${code}`;
  });
  // Not before the child has said where it is: a stale cloud.json names another process.
  for (let waited = 0; waited < startTimeout && ended === undefined; waited += 10) {
    const connection = readConnection(folder);
    if (connection !== undefined && connection.pid === child.pid && (await askHealth(connection)) !== undefined) {
      child.unref();
      return connection;
    }
    await new Promise(resolve => setTimeout(resolve, 10));
  }
  child.kill('SIGKILL');
  const how = ended === undefined ? `did not answer within ${startTimeout / 1000} s` : `ended with ${ended}`;
  throw readFailure(readFileSync(log).subarray(before).toString('utf8'), how, log);
}

/** One long log of the past is kept. */
function setAside(log: string): void {
  const size = statSync(log, {throwIfNoEntry: false})?.size ?? 0;
  if (size > longestLog) renameSync(log, `${log}.1`);
}

const longestLog = 1024 * 1024;

/** Made for its owner only, and never part of a commit. */
export function prepareFolder(folder: string): void {
  mkdirSync(folder, {recursive: true, mode: 0o700});
  writeFileSync(join(folder, '.gitignore'), '*\n');
}

const startTimeout = 20_000;

/** Beside this file: `.ts` when gear runs from its sources, `.js` when it is built. */
function entry(): string {
  return fileURLToPath(new URL(`daemon-process${extname(import.meta.url)}`, import.meta.url));
}

/** The developer's AWS settings and keys are no business of the embedded AWS. */
function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_') && name !== 'NODE_OPTIONS'),
  );
}
