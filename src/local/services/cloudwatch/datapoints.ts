import type {Observation} from './metric.ts';

export interface Period {
  /** Milliseconds since the epoch; the period's first moment. */
  readonly start: number;
  readonly observations: readonly Observation[];
}

/**
 * Observations by period of the clock (12:00, 12:05 for five minutes), oldest first, without the empty ones.
 * `period` is in seconds.
 */
export function byPeriod(
  observations: readonly {readonly time: number; readonly observation: Observation}[],
  period: number,
): Period[] {
  const length = period * 1000;
  const periods = new Map<number, Observation[]>();
  for (const {time, observation} of observations) {
    const start = Math.floor(time / length) * length;
    const known = periods.get(start);
    if (known === undefined) periods.set(start, [observation]);
    else known.push(observation);
  }
  return [...periods].map(([start, found]) => ({start, observations: found})).sort((a, b) => a.start - b.start);
}
