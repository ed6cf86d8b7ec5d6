import {availableParallelism} from 'node:os';
import type {Access} from '../access/access.ts';
import type {Clock} from '../clock.ts';
import type {Disorder} from '../disorder.ts';
import {notImplemented, ServiceError} from '../service-error.ts';
import type {FunctionConfiguration} from '../services/lambda/function-configuration.ts';
import type {FunctionRuntime, Invocation, InvocationResult} from '../services/lambda/runtime.ts';
import type {State} from '../state.ts';
import {Environment, NotDelivered} from './environment.ts';
import type {Interpreter} from './language.ts';
import {nodeLanguage} from './node-language.ts';
import {pythonLanguage} from './python-language.ts';
import {openReaper} from './reaper.ts';

export interface RuntimeOptions {
  /** Asked when the first function runs: access is made of services, and Lambda is one of them. */
  readonly access: () => Access;
  readonly endpoint: () => string;
  readonly state: State;
  readonly clock: Clock;
  readonly disorder?: Disorder | undefined;
  /** What functions live by: their timeouts are those of the machine, however far `clock` is put forward. */
  readonly machineClock?: Clock;
  readonly region: string;
  readonly onMetric?: (metric: FunctionMetric) => void;
  /** Something a person should know and no caller is told. */
  readonly onWarning?: (warning: string) => void;
  /** Of all functions together; an AWS account's is 1,000. */
  readonly concurrentExecutions?: number;
}

export interface FunctionMetric {
  readonly name: 'Invocations' | 'Errors' | 'Duration' | 'Throttles' | 'ConcurrentExecutions';
  readonly functionName: string;
  /** What an invocation was made through; a metric of the function alone has none. */
  readonly invoked?: InvokedVersion;
  readonly value: number;
  readonly unit: 'Count' | 'Milliseconds';
  readonly time: number;
}

export interface InvokedVersion {
  /** A version or an alias, when one was named. */
  readonly qualifier?: string;
  /** The version that ran. */
  readonly version: string;
}

export interface OpenRuntime extends FunctionRuntime {
  /** Invocations under way. */
  running(): number;
  /** Ends every environment; invocations in flight fail. */
  close(): Promise<void>;
}

/** Lambda keeps idle environments for some minutes; nobody is told how many. */
const idleMilliseconds = 5 * 60_000;
/** An environment is not used until its credentials, which live twelve hours, run out. */
const longestLife = 6 * 3600_000;

/** Runs functions in execution environments: reuses idle ones, starts others, throttles as Lambda does. */
export function openRuntime(options: RuntimeOptions): OpenRuntime {
  const {state, clock, onMetric, onWarning, concurrentExecutions = 1000} = options;
  const folder = state.folder('environments');
  const reaper = openReaper(folder);
  const languages = [nodeLanguage, pythonLanguage(state.folder('python-bytecode'))];
  const pools = new Map<string, Pool>();
  const environments = new Set<Environment>();
  const resting = new Map<Environment, () => void>();
  const running = new Map<string, number>();
  const startGate = openGate(Math.max(2, availableParallelism()));
  const warned = new Set<string>();
  let total = 0;
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

  async function interpreterOf(runtime: string): Promise<Interpreter> {
    const language = languages.find(candidate => candidate.runs(runtime));
    if (language === undefined) throw notImplemented(`the runtime ${runtime}`);
    return language.interpreter(runtime);
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
      machineClock: options.machineClock ?? clock,
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

  async function run(invocation: Invocation): Promise<InvocationResult> {
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

  function throttle(invocation: Invocation): void {
    const {
      configuration: {FunctionName},
      reservedConcurrency: reserved,
    } = invocation;
    const isReserved = reserved !== undefined && (running.get(FunctionName) ?? 0) >= reserved;
    if (!isReserved && total < concurrentExecutions) return;
    measure(invocation, 'Throttles', 1);
    throw new ServiceError('TooManyRequestsException', 'Rate Exceeded.', {
      status: 429,
      members: {
        Reason: `${isReserved ? 'ReservedFunction' : ''}ConcurrentInvocationLimitExceeded`,
        Type: 'User',
      },
    });
  }

  function warnOnce(about: string, warning: string): void {
    if (warned.has(about)) return;
    warned.add(about);
    onWarning?.(warning);
  }

  function measure(
    {configuration: {FunctionName: functionName, Version: version}, invokedFunctionArn}: Invocation,
    name: FunctionMetric['name'],
    value: number,
  ): void {
    const unit = name === 'Duration' ? 'Milliseconds' : 'Count';
    const qualifier = invokedFunctionArn.split(':')[7];
    const invoked = {version, ...(qualifier !== undefined && {qualifier})};
    onMetric?.({functionName, name, value, unit, time: clock.now(), invoked});
  }

  return {
    concurrentExecutions,
    running: () => total,
    requireRuntime: async runtime => void (await interpreterOf(runtime)),
    async invoke(invocation) {
      if (process.platform === 'win32') throw notImplemented('running functions on Windows');
      const {FunctionName} = invocation.configuration;
      throttle(invocation);
      running.set(FunctionName, (running.get(FunctionName) ?? 0) + 1);
      measure(invocation, 'ConcurrentExecutions', ++total);
      measure(invocation, 'Invocations', 1);
      try {
        const result = await run(invocation);
        measure(invocation, 'Errors', result.functionError === undefined ? 0 : 1);
        measure(invocation, 'Duration', result.duration);
        return result;
      } finally {
        total--;
        running.set(FunctionName, running.get(FunctionName)! - 1);
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
  /** The code or the configuration changed: what still runs is the last. */
  retired: boolean;
}

/** Lets `width` through at a time; a machine that starts twenty processes at once starts none of them in time. */
function openGate(width: number): () => Promise<() => void> {
  const waiting: (() => void)[] = [];
  let inside = 0;
  return async () => {
    if (inside >= width) await new Promise<void>(resolve => waiting.push(resolve));
    inside++;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      inside--;
      waiting.shift()?.();
    };
  };
}
