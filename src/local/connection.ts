import {existsSync, rmSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {GearError, shownPath} from '../errors.ts';
import {type LocalConnection, readConnection, removeConnection} from './connection-file.ts';
import {askCloud, askHealth} from './control-client.ts';
import {type DaemonOptions, spawnDaemon} from './daemon-spawn.ts';
import {isLocked, lockFolder} from './folder-lock.ts';
import {localFolder} from './local-folder.ts';

export type {LocalConnection} from './connection-file.ts';

/** The running cloud of the project that `dir` belongs to; a `cloud.json` left behind by a killed one does not count. */
export async function findLocalCloud(dir: string = process.cwd()): Promise<LocalConnection | undefined> {
  const connection = readConnection(localFolder(dir));
  if (connection === undefined || !isAlive(connection.pid)) return undefined;
  const health = await askHealth(connection);
  return health?.pid === connection.pid ? connection : undefined;
}

/** The running cloud of the project, started when there is none. */
export async function ensureLocalCloud(
  dir: string = process.cwd(),
  options: DaemonOptions = {},
): Promise<{readonly cloud: LocalConnection; readonly started: boolean}> {
  const running = await findLocalCloud(dir);
  if (running !== undefined) return {cloud: running, started: false};
  try {
    return {cloud: await spawnDaemon(localFolder(dir), options), started: true};
  } catch (error) {
    if (!(error instanceof GearError && error.code === 'LOCAL_FOLDER_IN_USE')) throw error;
    // Somebody else has started it meanwhile; it may not be ready yet.
    const cloud = await waitFor(() => findLocalCloud(dir), 10_000);
    if (cloud === undefined) throw error;
    return {cloud, started: false};
  }
}

/** For what makes no sense without one. */
export async function requireLocalCloud(dir: string = process.cwd()): Promise<LocalConnection> {
  const cloud = await findLocalCloud(dir);
  if (cloud === undefined)
    throw new GearError(`gear local is not running for ${shownProject(dir)}`, {
      code: 'LOCAL_NOT_RUNNING',
      suggestions: [resolve(dir) === process.cwd() ? 'gear local start' : `gear local start --dir ${dir}`],
    });
  return cloud;
}

function shownProject(dir: string): string {
  const project = shownPath(join(localFolder(dir), '../..'));
  return project === '.' ? 'this folder' : project;
}

/** Undefined when none was running. A cloud that does not end by itself is killed: its state can stand that. */
export async function stopLocalCloud(dir: string = process.cwd()): Promise<LocalConnection | undefined> {
  const folder = localFolder(dir);
  if (!existsSync(folder)) return undefined;
  const cloud = await findLocalCloud(dir);
  if (cloud === undefined) {
    removeConnection(folder);
    return undefined;
  }
  await askCloud(cloud, 'POST', 'stop');
  if (!(await isReleased(folder, 8000))) {
    process.kill(cloud.pid, 'SIGKILL');
    await isReleased(folder, 2000);
    removeConnection(folder);
  }
  return cloud;
}

/** Stops the cloud and deletes all it has kept; false when there was nothing. */
export async function resetLocalCloud(dir: string = process.cwd()): Promise<boolean> {
  const folder = localFolder(dir);
  if (!existsSync(folder)) return false;
  await stopLocalCloud(dir);
  // A cloud that does not answer, or one inside a test, must not lose the ground under its feet.
  lockFolder(folder)();
  rmSync(folder, {recursive: true, force: true});
  return true;
}

/** By the lock, not by the process: in a container without an init process a dead one stays visible for ever. */
async function isReleased(folder: string, within: number): Promise<boolean> {
  return (await waitFor(async () => (isLocked(folder) ? undefined : true), within)) ?? false;
}

async function waitFor<T>(look: () => Promise<T | undefined>, within: number): Promise<T | undefined> {
  for (const end = Date.now() + within; ; ) {
    const found = await look();
    if (found !== undefined || Date.now() > end) return found;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
