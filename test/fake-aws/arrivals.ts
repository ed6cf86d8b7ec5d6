import type {FakeCall} from './read-call.ts';

/** The limits of Lambda, for each region: a bucket that holds a second's worth of calls, and when each call came. */
export function arrivals() {
  const buckets = new Map<string, {tokens: number; at: number}>();
  const times = new Map<string, number[]>();
  return {
    tooMany({operation, region}: FakeCall, now: number): boolean {
      const family = operation in limits ? operation : 'lambda';
      const limit = limits[family] ?? 15;
      const key = `${family} ${region}`;
      times.set(key, times.get(key) ?? []);
      times.get(key)!.push(now);
      const {tokens, at} = buckets.get(key) ?? {tokens: limit, at: now};
      // One that was sent before another may arrive after it.
      const left = Math.min(limit, tokens + (Math.max(0, now - at) / 1000) * limit);
      buckets.set(key, {tokens: left < 1 ? left : left - 1, at: Math.max(at, now)});
      return left < 1;
    },
    /** In any region, in any second. */
    most(family: string): number {
      const ofFamily = [...times].filter(([key]) => key.startsWith(`${family} `));
      return Math.max(0, ...ofFamily.map(([, each]) => mostInASecond(each.toSorted((a, b) => a - b))));
    },
  };
}

const limits: Readonly<Record<string, number>> = {GetPolicy: 15, GetFunction: 100};

function mostInASecond(times: readonly number[]): number {
  let most = 0;
  let start = 0;
  times.forEach((time, end) => {
    while (time - times[start]! >= 1000) start += 1;
    most = Math.max(most, end - start + 1);
  });
  return most;
}
