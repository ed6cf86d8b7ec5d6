import {randomUUID} from 'node:crypto';
import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import type {Access} from '../access/access.ts';
import type {Clock} from '../clock.ts';
import {executionRole} from '../services/lambda/execution-role.ts';
import type {FunctionConfiguration} from '../services/lambda/function-configuration.ts';
import type {Invocation, InvocationResult} from '../services/lambda/runtime.ts';
import {logStreamName, traceId} from './environment-names.ts';
import {environmentVariables} from './environment-variables.ts';
import {describeExit, errorTypeOf, failure} from './failure.ts';
import {type PlatformLines, platformLines} from './log-lines.ts';
import {type LogWriter, openLogWriter} from './log-writer.ts';
import {MemoryGauge} from './process-memory.ts';
import type {Reaper} from './reaper.ts';
import {type Delivery, openRuntimeApi, type RuntimeApi} from './runtime-api.ts';
import {type OutputStream, type RuntimeProcess, startRuntimeProcess} from './runtime-process.ts';

export interface EnvironmentOptions {
  readonly configuration: FunctionConfiguration;
  readonly taskRoot: string;
  readonly access: Access;
  readonly clock: Clock;
  readonly region: string;
  readonly endpoint: string;
  /** Of all environments; this one makes its own in it. */
  readonly folder: string;
  readonly reaper: Reaper;
  /** Log lines that the function's role may not write. */
  readonly onLogsLost: (error: Error) => void;
  /** The handler is loaded. */
  readonly onStarted: () => void;
  readonly onEnded: () => void;
}

/** Thrown when an environment ended, or did not get ready, before the invocation reached it: another may take it. */
export class NotDelivered extends Error {}

interface Job {
  readonly invocation: Invocation;
  readonly log: string[];
  readonly resolve: (result: InvocationResult) => void;
  readonly reject: (error: Error) => void;
  begun?: number;
  outcome?: Outcome;
  /** Streams whose log is complete. */
  readonly complete: Set<OutputStream>;
}

interface Outcome {
  readonly payload: Uint8Array;
  readonly status: 'success' | 'error' | 'timeout';
  readonly errorType?: string;
  readonly duration: number;
}

/** Lambda gives the start of an environment ten seconds, and more only to a function with a longer timeout. */
const initSeconds = 10;
const memoryCheckInterval = 100;
const credentialLifetime = 12 * 3600;
const maximumResponse = 6_291_556;

/**
 * One execution environment: a Node.js process that serves one invocation at a time and is stopped in between, so that
 * what a handler leaves running after its answer does not run on, as on AWS.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
export class Environment {
  readonly id: string = randomUUID();
  readonly startedAt: number;
  #options: EnvironmentOptions;
  #lines: PlatformLines;
  #log: LogWriter;
  #logStream: string;
  #api: RuntimeApi | undefined;
  #process: RuntimeProcess | undefined;
  #state: 'starting' | 'ready' | 'busy' | 'ended' = 'starting';
  #spawned = performance.now();
  #initDuration: number | undefined;
  #initError: {readonly errorType: string; readonly payload: Uint8Array} | undefined;
  #deliver: ((delivery: Delivery) => void) | undefined;
  #job: Job | undefined;
  /** Lines written outside of an invocation, such as while the handler's module was loaded. */
  #early: string[] = [];
  #memory = new MemoryGauge();
  #outOfMemory = false;
  #cancel: (() => void)[] = [];

  constructor(options: EnvironmentOptions) {
    const {configuration, access, clock, onLogsLost} = options;
    this.#options = options;
    this.startedAt = clock.now();
    this.#lines = platformLines(configuration);
    this.#logStream = logStreamName(configuration, clock.now());
    this.#log = openLogWriter({
      access,
      caller: executionRole(configuration, {onBehalf: 'lambda'}),
      clock,
      logGroup: configuration.LoggingConfig.LogGroup,
      logStream: this.#logStream,
      onLost: onLogsLost,
    });
  }

  /** Can take an invocation now. */
  get ready(): boolean {
    return this.#state === 'ready';
  }

  get ended(): boolean {
    return this.#state === 'ended';
  }

  async start(): Promise<void> {
    const {configuration, access, folder, reaper, taskRoot, region, endpoint, clock} = this.#options;
    const temporaryFolder = join(folder, this.id, 'tmp');
    mkdirSync(temporaryFolder, {recursive: true, mode: 0o700});
    this.#api = await openRuntimeApi({
      next: deliver => this.#onNext(deliver),
      response: (requestId, payload) => this.#onResponse(requestId, payload),
      error: (requestId, error) => this.#onError(requestId, error),
    });
    this.#spawned = performance.now();
    this.#write(this.#lines.initStart(clock.now()));
    this.#process = startRuntimeProcess({
      environmentId: this.id,
      taskRoot,
      memorySize: configuration.MemorySize,
      variables: environmentVariables({
        configuration,
        region,
        endpoint,
        taskRoot,
        temporaryFolder,
        runtimeApi: this.#api.address,
        logStream: this.#logStream,
        credentials: access.issueCredentials(executionRole(configuration), credentialLifetime),
      }),
      onLine: text => this.#write([text]),
      onMark: (stream, requestId) => this.#onMark(stream, requestId),
      onClose: (code, signal) => this.#onClose(code, signal),
    });
    this.#memory.pid = this.#process.pid;
    if (this.#process.pid !== undefined) reaper.watch(this.id, this.#process.pid);
    const limit = Math.max(initSeconds, configuration.Timeout);
    this.#cancel.push(clock.after(limit * 1000, () => this.#onInitTimeout(limit)));
  }

  run(invocation: Invocation): Promise<InvocationResult> {
    return new Promise((resolve, reject) => {
      if (this.#state === 'ready') this.#state = 'busy';
      this.#job = {invocation, log: this.#early, resolve, reject, complete: new Set()};
      this.#early = [];
      if (this.#state === 'ended') this.#undeliverable();
      else if (this.#deliver !== undefined) this.#begin(this.#job);
      // The answer to the last invocation is there, but the handler keeps the event loop busy.
      else if (this.#state === 'busy') this.#after(this.#options.configuration.Timeout * 1000, () => void this.end());
    });
  }

  /** Kills the process and waits until it is gone; an invocation in flight fails. */
  async end(): Promise<void> {
    this.#state = 'ended';
    this.#process?.kill();
    await this.#process?.closed;
    await this.#log.flush();
  }

  #onNext(deliver: (delivery: Delivery) => void): void {
    if (this.#state === 'ended') return;
    this.#deliver = deliver;
    if (this.#state === 'starting') {
      this.#initDuration = performance.now() - this.#spawned;
      this.#clearTimers();
      this.#state = this.#job === undefined ? 'ready' : 'busy';
      this.#options.onStarted();
    }
    if (this.#job !== undefined && this.#job.begun === undefined) this.#begin(this.#job);
    else this.#process?.freeze();
  }

  #begin(job: Job): void {
    const {invocation} = job;
    const {configuration, clock} = this.#options;
    const deliver = this.#deliver!;
    this.#deliver = undefined;
    this.#clearTimers();
    this.#process?.thaw();
    job.begun = performance.now();
    this.#write(this.#lines.start(clock.now(), invocation.requestId));
    this.#after(configuration.Timeout * 1000, () => this.#onTimeout(job));
    this.#watchMemory(job);
    deliver({
      requestId: invocation.requestId,
      deadline: clock.now() + configuration.Timeout * 1000,
      invokedFunctionArn: invocation.invokedFunctionArn,
      traceId: traceId(clock.now()),
      payload: invocation.payload,
      ...(invocation.clientContext !== undefined && {clientContext: invocation.clientContext}),
    });
  }

  #onResponse(requestId: string, payload: Buffer): void {
    const job = this.#job;
    if (job?.invocation.requestId !== requestId || job.outcome !== undefined) return;
    const duration = performance.now() - job.begun!;
    job.outcome =
      payload.length > maximumResponse
        ? {
            ...failure(
              'Function.ResponseSizeTooLarge',
              `Response payload size exceeded maximum allowed payload size (${maximumResponse} bytes).`,
            ),
            duration,
          }
        : {payload, status: 'success', duration};
    this.#completeWhenLogged(job);
  }

  #onError(requestId: string | undefined, error: Buffer): void {
    const errorType = errorTypeOf(error);
    if (requestId === undefined) {
      this.#initError = {errorType, payload: error};
      return;
    }
    const job = this.#job;
    if (job?.invocation.requestId !== requestId || job.outcome !== undefined) return;
    job.outcome = {payload: error, status: 'error', errorType, duration: performance.now() - job.begun!};
    this.#completeWhenLogged(job);
  }

  #onMark(stream: OutputStream, requestId: string): void {
    const job = this.#job;
    if (job?.invocation.requestId !== requestId) return;
    job.complete.add(stream);
    this.#completeWhenLogged(job);
  }

  #completeWhenLogged(job: Job): void {
    if (job.outcome !== undefined && job.complete.size === 2) void this.#complete(job, job.outcome);
  }

  async #complete(job: Job, outcome: Outcome): Promise<void> {
    this.#job = undefined;
    this.#clearTimers();
    if (this.#state === 'busy') this.#state = 'ready';
    const {clock} = this.#options;
    const {requestId} = job.invocation;
    await this.#memory.measure();
    const initDuration = this.#initDuration;
    this.#initDuration = undefined;
    const lines = this.#lines.end(clock.now(), {
      requestId,
      status: outcome.status,
      duration: outcome.duration,
      maxMemoryUsed: Math.min(this.#memory.peak, this.#options.configuration.MemorySize),
      ...(outcome.errorType !== undefined && {errorType: outcome.errorType}),
      ...(initDuration !== undefined && {initDuration}),
    });
    this.#write(lines, job);
    await this.#log.flush();
    job.resolve({
      payload: outcome.payload,
      log: job.log.join('\n'),
      duration: outcome.duration,
      ...(outcome.status !== 'success' && {functionError: 'Unhandled' as const}),
    });
  }

  #onTimeout(job: Job): void {
    const {configuration, clock} = this.#options;
    const {requestId} = job.invocation;
    const message = `Task timed out after ${configuration.Timeout.toFixed(2)} seconds`;
    this.#write(this.#lines.fault(clock.now(), requestId, message));
    job.outcome = {
      ...failure('Sandbox.Timedout', `RequestId: ${requestId} Error: ${message}`),
      status: 'timeout',
      duration: configuration.Timeout * 1000,
    };
    void this.end();
  }

  #onInitTimeout(seconds: number): void {
    const {requestId} = this.#job?.invocation ?? {};
    this.#initError = failure(
      'Sandbox.Timedout',
      `RequestId: ${requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`,
    );
    void this.end();
  }

  #onClose(code: number | null, signal: NodeJS.Signals | null): void {
    // A start that fails leaves an error behind, or a process that ended before it asked for an invocation.
    const duringInit = this.#state === 'starting' || this.#initError !== undefined;
    this.#state = 'ended';
    this.#api?.close();
    this.#clearTimers();
    this.#options.reaper.release(this.id, this.#process?.pid);
    const job = this.#job;
    if (job !== undefined) this.#completeAfterExit(job, duringInit, describeExit(code, signal));
    this.#options.onEnded();
    void this.#log.flush();
  }

  #completeAfterExit(job: Job, duringInit: boolean, exit: string): void {
    const {clock} = this.#options;
    const {requestId} = job.invocation;
    if (job.begun === undefined && !duringInit) {
      this.#undeliverable();
      return;
    }
    if (job.outcome !== undefined) {
      void this.#complete(job, job.outcome);
      return;
    }
    const crash = failure(
      this.#outOfMemory ? 'Runtime.OutOfMemory' : 'Runtime.ExitError',
      `RequestId: ${requestId} Error: ${exit}`,
    );
    const outcome = this.#initError ?? crash;
    if (duringInit) {
      const duration = performance.now() - this.#spawned;
      const status = outcome.errorType === 'Sandbox.Timedout' ? 'timeout' : 'error';
      this.#write(this.#lines.initFailed(clock.now(), status, outcome.errorType, duration));
      this.#write(this.#lines.start(clock.now(), requestId));
      void this.#complete(job, {...outcome, status, duration});
      return;
    }
    this.#write(this.#lines.fault(clock.now(), requestId, exit));
    void this.#complete(job, {...crash, duration: performance.now() - job.begun!});
  }

  #undeliverable(): void {
    const job = this.#job;
    this.#job = undefined;
    job?.reject(new NotDelivered());
  }

  #write(lines: readonly string[], job = this.#job): void {
    for (const line of lines) {
      this.#log.write(this.#options.clock.now(), line);
      (job?.log ?? this.#early).push(line);
    }
  }

  #watchMemory(job: Job): void {
    this.#after(memoryCheckInterval, async () => {
      const used = await this.#memory.measure();
      if (this.#job !== job) return;
      if (used <= this.#options.configuration.MemorySize) this.#watchMemory(job);
      else {
        this.#outOfMemory = true;
        void this.end();
      }
    });
  }

  #after(milliseconds: number, task: () => void): void {
    this.#cancel.push(this.#options.clock.after(milliseconds, task));
  }

  #clearTimers(): void {
    for (const cancel of this.#cancel) cancel();
    this.#cancel = [];
  }
}
