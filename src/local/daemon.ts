import {GearError} from '../errors.ts';
import {type LocalCloud, startLocalCloud} from './cloud.ts';
import {removeConnection, writeConnection} from './connection-file.ts';
import {type DaemonOptions, prepareFolder} from './daemon-spawn.ts';

export interface RunOptions extends DaemonOptions {
  readonly folder: string;
  /** Lines for the log: what a person should know and no client is told. */
  log(line: string): void;
  onReady?(cloud: LocalCloud): void;
}

/** Runs a cloud on a folder until it is asked to stop, gets SIGTERM or SIGINT, or nobody has needed it for long. */
export async function runDaemon({
  folder,
  port,
  region,
  chaos,
  idle = 4 * 3600,
  log,
  onReady,
}: RunOptions): Promise<void> {
  prepareFolder(folder);
  let stop: (why: string) => void = () => {};
  const stopped = new Promise<string>(resolve => {
    stop = resolve;
  });
  let lastRequest = Date.now();
  const cloud = await startOnFreePort({
    folder,
    ...(port === undefined ? {} : {port}),
    ...(region === undefined ? {} : {region}),
    chaos,
    onRequest: () => {
      lastRequest = Date.now();
    },
    onStop: () => stop('asked to stop'),
    log,
  });
  const signals = (['SIGTERM', 'SIGINT', 'SIGHUP'] as const).map(signal => {
    const listener = () => stop(signal);
    process.on(signal, listener);
    return () => process.off(signal, listener);
  });
  const watch = setInterval(
    () => {
      if (Date.now() - lastRequest > idle * 1000) stop(`no request for ${idle} s`);
    },
    Math.min(idle * 250, 60_000),
  );
  writeConnection(folder, cloud.connection);
  log(`gear local ${cloud.connection.version} is ready at ${cloud.endpoint}`);
  onReady?.(cloud);
  const why = await stopped;
  log(`stopping: ${why}`);
  clearInterval(watch);
  for (const release of signals) release();
  removeConnection(folder);
  await cloud.close();
}

type StartOptions = NonNullable<Parameters<typeof startLocalCloud>[0]>;

/**
 * A port that was asked for is taken or refused. Otherwise the one of the last time comes first, since addresses of
 * queues stand in the environment of deployed functions; then the usual one, then any.
 */
async function startOnFreePort(options: StartOptions): Promise<LocalCloud> {
  if (options.port !== undefined) return startLocalCloud(options);
  try {
    return await startLocalCloud({...options, port: 'last'});
  } catch (error) {
    if (!(error instanceof GearError && error.code === 'PORT_NOT_AVAILABLE')) throw error;
    return startLocalCloud({...options, port: 0});
  }
}
