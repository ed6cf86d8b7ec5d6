import {randomUUID} from 'node:crypto';
import type {Invocation, InvocationResult} from '../services/lambda/runtime.ts';
import {EnvironmentLog} from './environment-log.ts';
import type {EnvironmentOptions} from './environment-options.ts';
import {startEnvironmentProcess} from './environment-process.ts';
import {Job} from './job.ts';
import {
  answered,
  describeExit,
  exited,
  type Failure,
  type Outcome,
  reported,
  timedOut,
  timeoutMessage,
} from './outcome.ts';
import {MemoryGauge} from './process-memory.ts';
import {type Delivery, openRuntimeApi, type RuntimeApi} from './runtime-api.ts';
import type {OutputStream, RuntimeProcess} from './runtime-process.ts';
import {Timers} from './timers.ts';
import {newTrace, traceHeader} from './trace-id.ts';
import {Tracer} from './tracer.ts';

/** Thrown when an environment ended, or did not get ready, before the invocation reached it: another may take it. */
export class NotDelivered extends Error {}

/** Lambda gives the start of an environment ten seconds, and more only to a function with a longer timeout. */
const initSeconds = 10;

/**
 * One execution environment: a process that serves one invocation at a time and is stopped in between, so that
 * what a handler leaves running after its answer does not run on, as on AWS.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
export class Environment {
  readonly id: string = randomUUID();
  readonly startedAt: number;
  #options: EnvironmentOptions;
  #log: EnvironmentLog;
  readonly #tracer: Tracer;
  readonly #timers: Timers;
  #api: RuntimeApi | undefined;
  #process: RuntimeProcess | undefined;
  #state: 'starting' | 'ready' | 'busy' | 'ended' = 'starting';
  #spawned = performance.now();
  #initDuration: number | undefined;
  #initError: Failure | undefined;
  #deliver: ((delivery: Delivery) => void) | undefined;
  #job: Job | undefined;
  #memory = new MemoryGauge();
  #outOfMemory = false;

  constructor(options: EnvironmentOptions) {
    this.#options = options;
    this.startedAt = options.clock.now();
    this.#tracer = new Tracer(options);
    this.#timers = new Timers(options.machineClock);
    this.#log = new EnvironmentLog({...options, runtimeVersion: options.interpreter.runtimeVersion});
  }

  /** Can take an invocation now. */
  get ready(): boolean {
    return this.#state === 'ready';
  }

  get ended(): boolean {
    return this.#state === 'ended';
  }

  async start(): Promise<void> {
    this.#api = await openRuntimeApi({
      next: deliver => this.#onNext(deliver),
      response: (requestId, payload) => this.#onResponse(requestId, payload),
      error: (requestId, error) => this.#onError(requestId, error),
    });
    this.#spawned = performance.now();
    this.#log.platform((lines, time) => lines.initStart(time));
    this.#process = startEnvironmentProcess(this.#options, {
      id: this.id,
      runtimeApi: this.#api.address,
      logStream: this.#log.stream,
      onLine: text => this.#log.write(text),
      onMark: (stream, requestId) => this.#onMark(stream, requestId),
      onClose: (code, signal) => this.#onClose(code, signal),
    });
    this.#memory.pid = this.#process.pid;
    const {reaper, configuration} = this.#options;
    if (this.#process.pid !== undefined) reaper.watch(this.id, this.#process.pid);
    const limit = Math.max(initSeconds, configuration.Timeout);
    this.#timers.after(limit * 1000, () => this.#onInitTimeout(limit));
  }

  run(invocation: Invocation): Promise<InvocationResult> {
    return new Promise((resolve, reject) => {
      if (this.#state === 'ready') this.#state = 'busy';
      const {clock, configuration} = this.#options;
      const trace = newTrace(clock.now(), configuration.TracingConfig.Mode === 'Active');
      this.#job = new Job({invocation, trace, resolve, reject});
      if (this.#state === 'ended') this.#undeliverable();
      else if (this.#deliver !== undefined) this.#begin(this.#job);
      // The answer to the last invocation is there, but the handler keeps the event loop busy.
      else if (this.#state === 'busy')
        this.#timers.after(this.#options.configuration.Timeout * 1000, () => void this.end());
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
      this.#timers.clear();
      this.#state = this.#job === undefined ? 'ready' : 'busy';
      this.#options.onStarted();
    }
    if (this.#job !== undefined && this.#job.begun === undefined) this.#begin(this.#job);
    else this.#process?.freeze();
  }

  #begin(job: Job): void {
    const {invocation} = job;
    const {configuration, machineClock, disorder} = this.#options;
    const deliver = this.#deliver!;
    this.#deliver = undefined;
    this.#timers.clear();
    this.#process?.thaw();
    job.begun = performance.now();
    this.#log.platform((lines, time) => lines.start(time, invocation.requestId));
    this.#timers.after(configuration.Timeout * 1000, () => this.#onTimeout(job));
    const life = disorder?.kill(configuration.FunctionName);
    if (life !== undefined) this.#timers.after(life, () => void this.end());
    this.#timers.add(
      this.#memory.watch(machineClock, configuration.MemorySize, () => {
        this.#outOfMemory = true;
        void this.end();
      }),
    );
    deliver({
      requestId: invocation.requestId,
      deadline: machineClock.now() + configuration.Timeout * 1000,
      invokedFunctionArn: invocation.invokedFunctionArn,
      traceId: traceHeader(job.trace),
      payload: invocation.payload,
      ...(invocation.clientContext !== undefined && {clientContext: invocation.clientContext}),
    });
  }

  #onResponse(requestId: string, payload: Buffer): void {
    this.#settle(requestId, answered(payload));
  }

  #onError(requestId: string | undefined, error: Buffer): void {
    if (requestId === undefined) this.#initError = reported(error);
    else this.#settle(requestId, reported(error));
  }

  #settle(requestId: string, outcome: Outcome): void {
    this.#job?.settle(requestId, outcome);
    this.#completeWhenDone();
  }

  #onMark(stream: OutputStream, requestId: string): void {
    this.#job?.mark(requestId, stream);
    this.#completeWhenDone();
  }

  #completeWhenDone(): void {
    if (this.#job?.done !== undefined) void this.#complete(this.#job, this.#job.done);
  }

  async #complete(job: Job, outcome: Outcome): Promise<void> {
    this.#job = undefined;
    this.#timers.clear();
    await this.#memory.measure();
    const initDuration = this.#initDuration;
    this.#initDuration = undefined;
    this.#log.platform((lines, time) =>
      lines.end(time, {
        requestId: job.invocation.requestId,
        status: outcome.status,
        duration: job.duration,
        maxMemoryUsed: Math.min(this.#memory.peak, this.#options.configuration.MemorySize),
        ...(outcome.errorType !== undefined && {errorType: outcome.errorType}),
        ...(initDuration !== undefined && {initDuration}),
        ...(job.trace.sampled && {trace: job.trace}),
      }),
    );
    const log = this.#log.takeTail();
    // Only now: the next invocation's lines come after the report of this one.
    if (this.#state === 'busy') this.#state = 'ready';
    const {trace, duration} = job;
    const {requestId} = job.invocation;
    const failed = outcome.status !== 'success';
    await Promise.all([this.#log.flush(), this.#tracer.send({trace, requestId, duration, initDuration, failed})]);
    job.resolve({
      payload: outcome.payload,
      log,
      duration: job.duration,
      ...(failed && {functionError: 'Unhandled' as const}),
    });
  }

  #onTimeout(job: Job): void {
    const {configuration} = this.#options;
    const {requestId} = job.invocation;
    const message = timeoutMessage(configuration.Timeout);
    this.#log.platform((lines, time) => lines.fault(time, requestId, message));
    job.outcome = timedOut(requestId, message);
    job.duration = configuration.Timeout * 1000;
    void this.end();
  }

  #onInitTimeout(seconds: number): void {
    this.#initError = timedOut(this.#job?.invocation.requestId, timeoutMessage(seconds));
    void this.end();
  }

  #onClose(code: number | null, signal: NodeJS.Signals | null): void {
    // A start that fails leaves an error behind, or a process that ended before it asked for an invocation.
    const duringInit = this.#state === 'starting' || this.#initError !== undefined;
    this.#state = 'ended';
    this.#api?.close();
    this.#timers.clear();
    this.#options.reaper.release(this.id, this.#process?.pid);
    const job = this.#job;
    if (job !== undefined) this.#completeAfterExit(job, duringInit, describeExit(code, signal));
    this.#options.onEnded();
    void this.#log.flush();
  }

  #completeAfterExit(job: Job, duringInit: boolean, exit: string): void {
    const {requestId} = job.invocation;
    if (job.begun === undefined && !duringInit) {
      this.#undeliverable();
      return;
    }
    if (job.outcome !== undefined) {
      void this.#complete(job, job.outcome);
      return;
    }
    const outcome = this.#initError ?? exited(requestId, exit, {outOfMemory: this.#outOfMemory});
    job.duration = performance.now() - (job.begun ?? this.#spawned);
    if (duringInit) {
      this.#log.platform((lines, time) => [
        ...lines.initFailed(time, outcome.status, outcome.errorType, job.duration),
        ...lines.start(time, requestId),
      ]);
    } else this.#log.platform((lines, time) => lines.fault(time, requestId, exit));
    void this.#complete(job, outcome);
  }

  #undeliverable(): void {
    const job = this.#job;
    this.#job = undefined;
    job?.reject(new NotDelivered());
  }
}
