/** Middle of the sorted values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Milliseconds that `task` takes. */
export async function time(task: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await task();
  return performance.now() - start;
}

/** How many times a second `task` ends, with `concurrency` of them under way. */
export async function rate(
  count: number,
  concurrency: number,
  task: (index: number) => Promise<unknown>,
): Promise<number> {
  let next = 0;
  const worker = async () => {
    while (next < count) await task(next++);
  };
  const elapsed = await time(() => Promise.all(Array.from({length: concurrency}, worker)));
  return (count / elapsed) * 1000;
}

export interface Figure {
  readonly what: string;
  readonly gear: string;
  /** What a user would pick instead, measured in the same run; empty where there is nothing to compare with. */
  readonly peer: string;
  readonly ratio: string;
}

export function compared(
  what: string,
  gear: number,
  peer: {name: string; value: number} | undefined,
  unit: string,
): Figure {
  const shown = (value: number) => `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ${unit}`;
  if (peer === undefined) return {what, gear: shown(gear), peer: '', ratio: ''};
  return {
    what,
    gear: shown(gear),
    peer: `${peer.name} ${shown(peer.value)}`,
    ratio: `${(gear / peer.value).toFixed(2)}x`,
  };
}
