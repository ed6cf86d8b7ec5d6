import type {Clock} from '../../clock.ts';
import type {Collection, State} from '../../state.ts';
import type {Segment} from './segment.ts';

export interface XrayOptions {
  readonly state: State;
  readonly clock: Clock;
}

export interface Trace {
  readonly id: string;
  readonly segments: readonly Segment[];
}

/** X-Ray keeps traces for 30 days: https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html */
const retention = 30 * 24 * 3600;
/** What AWS does not know: a machine has an end. The oldest traces go. */
const mostTraces = 5000;

export class XrayStore {
  readonly clock: Clock;
  readonly #traces: Collection<Trace>;

  constructor({state, clock}: XrayOptions) {
    this.clock = clock;
    this.#traces = state.collection('xray traces');
  }

  /** A segment that was sent before, in progress perhaps, is replaced. */
  add(segment: Segment): void {
    const before = this.#traces.get(segment.traceId)?.segments ?? [];
    const segments = [...before.filter(({id}) => id !== segment.id), segment];
    this.#traces.set(segment.traceId, {id: segment.traceId, segments});
    for (const [id, trace] of this.#traces.entries()) {
      if (this.#traces.size <= mostTraces && endOf(trace) > this.clock.now() / 1000 - retention) break;
      this.#traces.delete(id);
    }
  }

  trace(id: string): Trace | undefined {
    return this.#traces.get(id);
  }

  /** Those that began in a span of time, given in seconds, the oldest first. */
  between(from: number, to: number): readonly Trace[] {
    return [...this.#traces.values()]
      .filter(trace => startOf(trace) >= from && startOf(trace) <= to)
      .sort((a, b) => startOf(a) - startOf(b));
  }
}

export function startOf({segments}: Trace): number {
  return Math.min(...segments.map(({start}) => start));
}

/** Of what is in progress, its start. */
export function endOf({segments}: Trace): number {
  return Math.max(...segments.map(({start, end}) => end ?? start));
}
