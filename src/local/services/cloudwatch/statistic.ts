import {notImplemented, ServiceError} from '../../service-error.ts';
import type {Observation} from './metric.ts';

/** One number for a period: `Sum`, `p99.9` and so on. Undefined where the observations do not tell it. */
export type Statistic = (observations: readonly Observation[]) => number | undefined;

const simple: Readonly<Record<string, Statistic>> = {
  SampleCount: observations => total(observations, 'sampleCount'),
  Sum: observations => total(observations, 'sum'),
  Average: observations => total(observations, 'sum') / total(observations, 'sampleCount'),
  Minimum: observations => Math.min(...observations.map(({minimum}) => minimum)),
  Maximum: observations => Math.max(...observations.map(({maximum}) => maximum)),
};

/** Trimmed means, ranks and the other extended statistics are refused by name. */
export function parseStatistic(name: string): Statistic {
  const found = simple[name];
  if (found !== undefined) return found;
  const percentile = /^p(?<percent>\d{1,2}(?:\.\d{1,10})?|100)$/.exec(name)?.groups?.percent;
  if (percentile !== undefined) return observations => percentileOf(observations, Number(percentile));
  if (/^(tm|wm|tc|ts|pr|iqm)/i.test(name)) throw notImplemented(`CloudWatch statistic ${name}`);
  throw new ServiceError('ValidationError', `The value ${name} for parameter Statistic is not supported.`);
}

function total(observations: readonly Observation[], member: 'sampleCount' | 'sum'): number {
  return observations.reduce((sum, observation) => sum + observation[member], 0);
}

/** The smallest value that so many percent of the samples do not exceed; a statistic set that hides its values has none. */
function percentileOf(observations: readonly Observation[], percent: number): number | undefined {
  if (observations.some(({minimum, maximum}) => minimum !== maximum)) return undefined;
  const sorted = [...observations].sort((a, b) => a.minimum - b.minimum);
  const rank = Math.max(1, Math.ceil((percent / 100) * total(sorted, 'sampleCount')));
  let seen = 0;
  for (const {sampleCount, minimum} of sorted) {
    seen += sampleCount;
    if (seen >= rank) return minimum;
  }
  return undefined;
}
