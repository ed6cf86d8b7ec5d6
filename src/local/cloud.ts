import {randomBytes} from 'node:crypto';
import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {GearError, shownPath} from '../errors.ts';
import type {OpenAccess} from './access/open-access.ts';
import type {UsageReport} from './access/usage.ts';
import {type Assembly, assemble} from './assemble.ts';
import {type Clock, systemClock} from './clock.ts';
import type {LocalConnection} from './connection-file.ts';
import {isDamagedDatabase} from './damaged-database.ts';
import {type Disorder, seededDisorder} from './disorder.ts';
import {lockFolder} from './folder-lock.ts';
import {gearVersion} from './gear-version.ts';
import type {CloudHealth, CloudTime} from './health.ts';
import {movableClock} from './movable-clock.ts';
import {openState, type State} from './state.ts';
import {startGateway} from './wire/gateway.ts';

export interface LocalCloudOptions {
  /** 0 for any free one; `last` for the one that this folder had before, at first the usual 4566. */
  readonly port?: number | 'last';
  /** Where the state lies; a temporary folder that is removed at the end, unless said. */
  readonly folder?: string;
  readonly region?: string;
  readonly account?: string;
  readonly clock?: Clock;
  /** The seed of a disorder like AWS's own, kept in the folder until `off` ends it. */
  readonly chaos?: string | undefined;
  /** Instead of the one that `chaos` seeds. */
  readonly disorder?: Disorder;
  onRequest?(): void;
  /** A client of gear's own endpoints wants it to stop; what is to be done is up to whoever started it. */
  onStop?(): void;
  log?(line: string): void;
}

export interface LocalCloud {
  readonly endpoint: string;
  readonly region: string;
  readonly account: string;
  /** The developer's. */
  readonly credentials: {readonly accessKeyId: string; readonly secretAccessKey: string};
  /** For gear's own endpoints. */
  readonly token: string;
  /** What another process needs to use it. */
  readonly connection: LocalConnection;
  readonly access: OpenAccess;
  health(): CloudHealth;
  /** Granted, used and unused of one function, by its name or logical ID, or of all. */
  usage(functionName?: string): UsageReport;
  /** Invocations under way: who puts the clock forward may want to wait for them, for they live by the machine's time. */
  running(): number;
  /** Puts the clock forward; what falls due on the way has been begun when it answers. */
  forward(milliseconds: number): Promise<void>;
  close(): Promise<void>;
}

/** The embedded AWS in this process: services, access and the gateway on one loopback port. */
export async function startLocalCloud(options: LocalCloudOptions = {}): Promise<LocalCloud> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'gear-local-'));
  mkdirSync(folder, {recursive: true, mode: 0o700});
  const unlock = lockFolder(folder);
  const closing: (() => Promise<void> | void)[] = [unlock];
  if (options.folder === undefined) closing.unshift(() => rmSync(folder, {recursive: true, force: true}));
  // What was opened last is closed first.
  const close = async () => {
    for (const step of closing.splice(0).reverse()) await step();
  };
  try {
    const state = openState(folder);
    closing.push(() => state.close());
    return await open(state, options, closing, close);
  } catch (error) {
    await close();
    if (!isDamagedDatabase(error)) throw error;
    throw new GearError(`What gear local keeps in ${shownPath(folder)} is damaged: ${(error as Error).message}`, {
      code: 'LOCAL_STATE_DAMAGED',
      suggestions: ['gear local reset, which deletes it'],
      cause: error,
    });
  }
}

async function open(
  state: State,
  {
    port = 0,
    clock: machineClock = systemClock,
    onRequest,
    onStop = () => {},
    log = () => {},
    disorder,
    ...options
  }: LocalCloudOptions,
  closing: (() => Promise<void> | void)[],
  close: () => Promise<void>,
): Promise<LocalCloud> {
  const {account, region, lastPort, chaos} = settle(state, options);
  const clock = movableClock(machineClock, state.collection('clock'));
  const time = (): CloudTime => ({now: new Date(clock.now()).toISOString(), ahead: clock.offset});
  const token = randomBytes(24).toString('base64url');
  const gateway = await startGateway({
    port: port === 'last' ? (lastPort ?? usualPort) : port,
    control: {
      token,
      health: () => health(),
      usage: name => assembly.usage(name),
      decisions: after => assembly.access.record.decisions({limit: 1000, ...(after === undefined ? {} : {after})}),
      time,
      forward: milliseconds => clock.advance(milliseconds),
      stop: onStop,
    },
    ...(onRequest === undefined ? {} : {onRequest}),
    onBug: error => log(`a bug in gear local: ${error instanceof Error ? error.stack : error}`),
  });
  closing.push(() => gateway.close());
  state.collection<Settings>('cloud').set('settings', {account, region, lastPort: gateway.port, chaos});
  const assembly: Assembly = assemble({
    state,
    clock,
    machineClock,
    disorder: disorder ?? (chaos === undefined ? undefined : seededDisorder(chaos)),
    account,
    region,
    endpoint: () => gateway.endpoint,
    log,
  });
  closing.push(async () => {
    // Functions that are at work still get answers while nothing new is begun.
    await assembly.quiesce();
    await gateway.close();
    await assembly.close();
  });
  const {access, services, answerApi} = assembly;
  gateway.serve({services, access, answerApi, region, clock: machineClock, wallClock: systemClock});
  const {accessKeyId, secretAccessKey} = access.developer;
  const connection: LocalConnection = {
    pid: process.pid,
    port: gateway.port,
    endpoint: gateway.endpoint,
    account,
    region,
    accessKeyId,
    secretAccessKey,
    token,
    startedAt: new Date().toISOString(),
    version: gearVersion(),
  };
  const health = (): CloudHealth => {
    const {pid, version, startedAt, endpoint} = connection;
    const names = services.map(({name}) => name).sort();
    return {
      status: 'running',
      pid,
      version,
      startedAt,
      endpoint,
      account,
      region,
      time: time(),
      ...(chaos === undefined ? {} : {chaos}),
      services: names,
      ...assembly.deployed(),
    };
  };
  return {
    endpoint: gateway.endpoint,
    region,
    account,
    credentials: {accessKeyId, secretAccessKey},
    token,
    connection,
    access,
    health,
    usage: assembly.usage,
    running: assembly.running,
    forward: milliseconds => clock.advance(milliseconds),
    close,
  };
}

/** The port that clients know by heart. */
const usualPort = 4566;

interface Settings {
  readonly account: string;
  readonly region: string;
  readonly lastPort?: number;
  readonly chaos?: string | undefined;
}

/** Account and region stand in every ARN of the state, so they cannot change under it. */
function settle(
  state: State,
  {account, region, chaos: wanted}: Pick<LocalCloudOptions, 'account' | 'region' | 'chaos'>,
): Settings {
  const saved = state.collection<Settings>('cloud').get('settings');
  const chaos = wanted === 'off' ? undefined : (wanted ?? saved?.chaos);
  if (saved === undefined) return {account: account ?? '000000000000', region: region ?? 'us-east-1', chaos};
  for (const [name, wanted, is] of [
    ['region', region, saved.region],
    ['account', account, saved.account],
  ] as const)
    if (wanted !== undefined && wanted !== is)
      throw new GearError(`The embedded AWS in this folder is of ${name} ${is}, and cannot become one of ${wanted}`, {
        code: 'LOCAL_REGION_FIXED',
        suggestions: ['gear local reset', `start it without --${name}`],
      });
  return {...saved, chaos};
}
