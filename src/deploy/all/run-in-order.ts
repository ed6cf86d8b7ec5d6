import type {ServiceNode} from './service-graph.ts';

/** Which service it was that kept this one from being run. */
type Outcome<T> = {readonly ran: T} | {readonly skippedFor: string};

interface Order<T> {
  readonly concurrency: number;
  run(node: ServiceNode): Promise<T>;
  /** Whether those that wait for it may run. */
  succeeded(result: T): boolean;
}

/** Each service as soon as all that it waits for have succeeded, so many at once; what waits for one that did not is left out. */
export async function runInOrder<T>(
  nodes: readonly ServiceNode[],
  {concurrency, run, succeeded}: Order<T>,
): Promise<ReadonlyMap<string, Outcome<T>>> {
  const outcomes = new Map<string, Outcome<T>>();
  const waiting = new Set(nodes);
  const running = new Set<Promise<void>>();
  const names = new Set(nodes.map(({project}) => project.service));
  /** Those of this run: what is not in it is there already. */
  const before = (node: ServiceNode) => node.waitsFor.filter(name => names.has(name));
  const failed = (name: string) => {
    const outcome = outcomes.get(name);
    return outcome !== undefined && !('ran' in outcome && succeeded(outcome.ran));
  };
  for (;;) {
    for (const node of waiting) {
      const culprit = before(node).find(failed);
      if (culprit !== undefined) {
        waiting.delete(node);
        const reason = outcomes.get(culprit)!;
        outcomes.set(node.project.service, {skippedFor: 'skippedFor' in reason ? reason.skippedFor : culprit});
      } else if (running.size < concurrency && before(node).every(name => outcomes.has(name))) {
        waiting.delete(node);
        const task: Promise<void> = run(node).then(result => {
          outcomes.set(node.project.service, {ran: result});
          running.delete(task);
        });
        running.add(task);
      }
    }
    if (running.size === 0) return outcomes;
    await Promise.race(running);
  }
}
