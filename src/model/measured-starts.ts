/** How a function started, as its own log tells. */
export interface MeasuredStarts {
  /** `2026-11-15T00:00:00.000Z`. */
  readonly since: string;
  readonly until: string;
  /** One for each amount of memory it had within that time; empty when its log has no invocation. */
  readonly sizes: readonly StartsOfSize[];
}

export interface StartsOfSize {
  /** MB. */
  readonly memory: number;
  readonly invocations: number;
  /** Of new environments; absent when there was none. */
  readonly init?: StartTimes;
  /** Of environments that SnapStart restored. */
  readonly restore?: StartTimes;
  /** MB, of all invocations. */
  readonly maxMemoryUsed?: number;
}

/** Milliseconds. */
export interface StartTimes {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}
