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

/** What is measured, and how one measurement of it is taken. */
export interface Subject {
  readonly name: string;
  measure(round: number): Promise<number>;
}

/** All subjects once in each round, one after the other, so that a machine that slows down slows all of them. */
export async function inTurn(subjects: readonly Subject[], rounds: number): Promise<Map<Subject, number[]>> {
  const values = new Map(subjects.map((subject): [Subject, number[]] => [subject, []]));
  for (let round = 0; round < rounds; round++)
    for (const subject of subjects) values.get(subject)!.push(await subject.measure(round));
  return values;
}
