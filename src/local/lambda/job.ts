import type {Invocation, InvocationResult} from '../services/lambda/runtime.ts';
import type {Outcome} from './outcome.ts';
import type {OutputStream} from './runtime-process.ts';
import type {TraceContext} from './trace-id.ts';

/** An invocation in the hands of an environment: done when its outcome is there, and what it logged before. */
export class Job {
  readonly invocation: Invocation;
  readonly trace: TraceContext;
  readonly resolve: (result: InvocationResult) => void;
  readonly reject: (error: Error) => void;
  /** `performance.now()` of its delivery. */
  begun: number | undefined;
  outcome: Outcome | undefined;
  /** Milliseconds from its begin to its outcome. */
  duration = 0;
  /** Streams whose log is complete. */
  readonly #logged = new Set<OutputStream>();

  constructor({invocation, trace, resolve, reject}: Pick<Job, 'invocation' | 'trace' | 'resolve' | 'reject'>) {
    this.invocation = invocation;
    this.trace = trace;
    this.resolve = resolve;
    this.reject = reject;
  }

  /** The first outcome counts, of what was delivered. */
  settle(requestId: string, outcome: Outcome): void {
    if (this.begun === undefined || this.invocation.requestId !== requestId || this.outcome !== undefined) return;
    this.outcome = outcome;
    this.duration = performance.now() - this.begun;
  }

  mark(requestId: string, stream: OutputStream): void {
    if (this.invocation.requestId === requestId) this.#logged.add(stream);
  }

  /** Its outcome, once both streams have said all there is of it. */
  get done(): Outcome | undefined {
    return this.#logged.size === 2 ? this.outcome : undefined;
  }
}
