import {availableParallelism} from 'node:os';
import type {Access} from '../access/access.ts';
import type {Clock} from '../clock.ts';
import type {Disorder} from '../disorder.ts';
import {ServiceError} from '../service-error.ts';
import type {FunctionConfiguration} from '../services/lambda/function-configuration.ts';
import type {Invocation, InvocationResult} from '../services/lambda/runtime.ts';
import {Environment, NotDelivered} from './environment.ts';
import type {Interpreter} from './language.ts';
import {openReaper} from './reaper.ts';
import {openStartGate} from './start-gate.ts';

export interface EnvironmentPoolsOptions {
  /** Asked when the first function runs: access is made of services, and Lambda is one of them. */
  readonly access: () => Access;
  readonly endpoint: () => string;
  readonly clock: Clock;
  /** What functions live by: their timeouts are those of the machine, however far `clock` is put forward. */
  readonly machineClock: Clock;
  readonly disorder?: Disorder | undefined;
  readonly region: string;
  /** Of all environments. */
  readonly folder: string;
  readonly interpreterOf: (runtime: string) => Promise<Interpreter>;
  /** Something a person should know and no caller is told. */
  readonly onWarning?: ((warning: string) => void) | undefined;
}

export interface EnvironmentPools {
  /** In an environment that is idle, or in another. */
  run(invocation: Invocation): Promise<InvocationResult>;
  /** The code or the configuration of a function, or of one version, changed: its environments take nothing new. */
  retire(functionName: string, version?: string): void;
  /** Ends every environment; invocations in flight fail. */
  close(): Promise<void>;
}

/** Lambda keeps idle environments for some minutes; nobody is told how many. */
const idleMilliseconds = 5 * 60_000;
/** An environment is not used until its credentials, which live twelve hours, run out. */
const longestLife = 6 * 3600_000;

/** The execution environments of all functions: reuses idle ones, starts others, ends those that rest too long. */
export function openEnvironmentPools(options: EnvironmentPoolsOptions): EnvironmentPools {
  const {clock, folder, interpreterOf, onWarning} = options;
  const reaper = openReaper(folder);
  const pools = new Map<string, Pool>();
  const environments = new Set<Environment>();
  const resting = new Map<Environment, () => void>();
  const startGate = openStartGate(Math.max(2, availableParallelism()));
  const warned = new Set<string>();
  let closed = false;

  function poolOf({configuration, taskRoot}: Invocation): Pool {
    const key = `${configuration.FunctionName}:${configuration.Version}:${configuration.RevisionId}`;
    let pool = pools.get(key);
    if (pool === undefined) {
      pool = {configuration, taskRoot, environments: new Set(), retired: false};
      pools.set(key, pool);
    }
    return pool;
  }

  async function startEnvironment(pool: Pool): Promise<Environment> {
    const {FunctionName, Role, Runtime} = pool.configuration;
    const interpreter = await interpreterOf(Runtime);
    if (!interpreter.exact)
      warnOnce(`runtime ${Runtime}`, `${FunctionName} asks for ${Runtime} and runs on ${interpreter.name}`);
    const leaveGate = await startGate();
    // While this one waited its turn, another invocation may have ended.
    const ready = takeReady(pool);
    if (ready !== undefined || closed) leaveGate();
    if (ready !== undefined) return ready;
    if (closed) throw stopping();
    const environment: Environment = new Environment({
      configuration: pool.configuration,
      interpreter,
      taskRoot: pool.taskRoot,
      access: options.access(),
      endpoint: options.endpoint(),
      clock,
      machineClock: options.machineClock,
      disorder: options.disorder,
      region: options.region,
      folder,
      reaper,
      onStarted: leaveGate,
      onEnded() {
        leaveGate();
        pool.environments.delete(environment);
        environments.delete(environment);
        cancelRest(environment);
      },
      onLogsLost(error) {
        warnOnce(`logs ${Role}`, `Log lines of ${FunctionName} are lost: ${error.message}`);
      },
    });
    pool.environments.add(environment);
    environments.add(environment);
    await environment.start();
    return environment;
  }

  function takeReady(pool: Pool): Environment | undefined {
    let newest: Environment | undefined;
    for (const environment of pool.environments) {
      if (!environment.ready) continue;
      if (clock.now() - environment.startedAt > longestLife) void environment.end();
      else newest = environment;
    }
    if (newest !== undefined) cancelRest(newest);
    return newest;
  }

  function restLater(environment: Environment): void {
    if (environment.ended || closed) return;
    cancelRest(environment);
    resting.set(
      environment,
      clock.after(idleMilliseconds, () => {
        resting.delete(environment);
        if (environment.ready) void environment.end();
      }),
    );
  }

  function cancelRest(environment: Environment): void {
    resting.get(environment)?.();
    resting.delete(environment);
  }

  function warnOnce(about: string, warning: string): void {
    if (warned.has(about)) return;
    warned.add(about);
    onWarning?.(warning);
  }

  return {
    async run(invocation) {
      const pool = poolOf(invocation);
      for (;;) {
        if (closed) throw stopping();
        const environment = takeReady(pool) ?? (await startEnvironment(pool));
        try {
          return await environment.run(invocation);
        } catch (error) {
          if (!(error instanceof NotDelivered)) throw error;
        } finally {
          if (pool.retired) void environment.end();
          else restLater(environment);
        }
      }
    },
    retire(functionName, version) {
      const prefix = `${functionName}:${version === undefined ? '' : `${version}:`}`;
      for (const [key, pool] of pools) {
        if (!key.startsWith(prefix)) continue;
        pool.retired = true;
        pools.delete(key);
        for (const environment of pool.environments) if (environment.ready) void environment.end();
      }
    },
    async close() {
      closed = true;
      for (const cancel of resting.values()) cancel();
      resting.clear();
      await Promise.all([...environments].map(environment => environment.end()));
      reaper.close();
    },
  };
}

function stopping(): ServiceError {
  return new ServiceError('ServiceException', 'The embedded AWS is stopping', {status: 500});
}

/** The environments of one version in one revision. */
interface Pool {
  readonly configuration: FunctionConfiguration;
  readonly taskRoot: string;
  readonly environments: Set<Environment>;
  /** What still runs is the last. */
  retired: boolean;
}
