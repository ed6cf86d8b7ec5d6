import type {Clock} from '../clock.ts';
import {notImplemented, ServiceError} from '../service-error.ts';
import type {FunctionRuntime, Invocation} from '../services/lambda/runtime.ts';
import type {State} from '../state.ts';
import {type EnvironmentPoolsOptions, openEnvironmentPools} from './environment-pools.ts';
import type {Interpreter} from './language.ts';
import {nodeLanguage} from './node-language.ts';
import {pythonLanguage} from './python-language.ts';

export interface RuntimeOptions extends Omit<EnvironmentPoolsOptions, 'machineClock' | 'folder' | 'interpreterOf'> {
  readonly state: State;
  /** `clock` unless given. */
  readonly machineClock?: Clock;
  readonly onMetric?: (metric: FunctionMetric) => void;
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

/** Runs functions in execution environments, throttles as Lambda does, and measures every invocation. */
export function openRuntime(options: RuntimeOptions): OpenRuntime {
  const {state, clock, machineClock = clock, onMetric, concurrentExecutions = 1000} = options;
  const languages = [nodeLanguage, pythonLanguage(state.folder('python-bytecode'))];
  const pools = openEnvironmentPools({
    ...options,
    machineClock,
    folder: state.folder('environments'),
    interpreterOf,
  });
  const running = new Map<string, number>();
  let total = 0;

  async function interpreterOf(runtime: string): Promise<Interpreter> {
    const language = languages.find(candidate => candidate.runs(runtime));
    if (language === undefined) throw notImplemented(`the runtime ${runtime}`);
    return language.interpreter(runtime);
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
        const result = await pools.run(invocation);
        measure(invocation, 'Errors', result.functionError === undefined ? 0 : 1);
        measure(invocation, 'Duration', result.duration);
        return result;
      } finally {
        total--;
        running.set(FunctionName, running.get(FunctionName)! - 1);
      }
    },
    retire: pools.retire,
    close: pools.close,
  };
}
