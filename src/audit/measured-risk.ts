import type {LambdaFunction} from '../model/lambda-function.ts';
import type {MeasuredStarts, StartTimes} from '../model/measured-starts.ts';

export type MeasuredRisk =
  | {readonly band: 'low'}
  | {
      readonly band: 'medium' | 'high';
      readonly message: string;
      readonly evidence: Readonly<Record<string, string | number>>;
    }
  /** Why the log does not tell; the score stands. */
  | {readonly notMeasured: string};

/** By how long new environments took to start with the memory that the function has. */
export function measuredRisk({name, memory, triggers}: LambdaFunction, {since, sizes}: MeasuredStarts): MeasuredRisk {
  const day = since.slice(0, 10);
  if (sizes.length === 0) return {notMeasured: `its log has no invocation since ${day}`};
  const size = sizes.find(each => each.memory === memory);
  if (size === undefined) return {notMeasured: `its log has no invocation with ${String(memory)} MB since ${day}`};
  const [kind, times] = slower(size.init, size.restore);
  if (times === undefined) return {band: 'low'};
  const waiting = triggers.some(({asynchronous}) => !asynchronous);
  const band = bandOf(times.p95 * (waiting ? 1 : 0.3));
  if (band === 'low') return {band};
  const cold = (size.init?.count ?? 0) + (size.restore?.count ?? 0);
  const share = Math.round((cold / size.invocations) * 1000) / 10;
  const figures = `p95 of ${times.count} since ${day}; p50 ${shown(times.p50)}, longest ${shown(times.max)}`;
  const met = `${share} % of ${size.invocations} invocations met one, and ${waiting ? 'a caller waits' : 'nobody waits'}`;
  return {
    band,
    message: `a new environment of ${name} takes ${shown(times.p95)} to ${kind} (${figures}); ${met}`,
    evidence: {
      band,
      measured: kind,
      since,
      memory: size.memory,
      invocations: size.invocations,
      coldStarts: cold,
      coldPercent: share,
      p50: times.p50,
      p95: times.p95,
      max: times.max,
    },
  };
}

type Slower = readonly ['start' | 'restore', StartTimes | undefined];

function slower(init: StartTimes | undefined, restore: StartTimes | undefined): Slower {
  return (restore?.p95 ?? 0) > (init?.p95 ?? 0) ? ['restore', restore] : ['start', init];
}

/**
 * After a second people notice that they wait (https://www.nngroup.com/articles/response-times-3-important-limits/);
 * three are what an API's caller at the median of the slowest runtimes gets. Ten end the start altogether.
 */
function bandOf(milliseconds: number): 'low' | 'medium' | 'high' {
  return milliseconds >= 3000 ? 'high' : milliseconds >= 1000 ? 'medium' : 'low';
}

function shown(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
