import {setImmediate} from 'node:timers/promises';

/** What each node waits for. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** Logical IDs in an order in which each comes after what it waits for; `cycle` are those for which there is none. */
export function ordered(graph: Graph): {readonly order: readonly string[]; readonly cycle: readonly string[]} {
  const order: string[] = [];
  const placed = new Set<string>();
  for (let progress = true; progress; ) {
    progress = false;
    for (const [node, awaited] of graph) {
      if (placed.has(node) || ![...awaited].every(other => placed.has(other) || !graph.has(other))) continue;
      placed.add(node);
      order.push(node);
      progress = true;
    }
  }
  return {order, cycle: [...graph.keys()].filter(node => !placed.has(node))};
}

/** The same edges the other way round: for deletion, where what depends on a resource goes first. */
export function reversed(graph: Graph): Graph {
  const result = new Map<string, Set<string>>([...graph.keys()].map(node => [node, new Set()]));
  for (const [node, awaited] of graph) for (const other of awaited) result.get(other)?.add(node);
  return result;
}

interface RunOptions {
  /** Answers whether it succeeded; what waits for a node that did not is never started. */
  work(node: string): Promise<boolean>;
  /** Asked before each start: when true, nothing more is started, and what runs is awaited. */
  stop(): boolean;
  /** Whether others are still started after one has failed. */
  readonly keepGoing: boolean;
}

/** Runs everything that waits for nothing at once. Answers which nodes failed. */
export async function runGraph(graph: Graph, {work, stop, keepGoing}: RunOptions): Promise<readonly string[]> {
  const waiting = new Set(graph.keys());
  const done = new Set<string>();
  const failed: string[] = [];
  const running = new Map<string, Promise<void>>();
  const startReady = () => {
    for (const node of waiting) {
      if (stop() || (failed.length > 0 && !keepGoing)) return;
      if (![...(graph.get(node) ?? [])].every(other => done.has(other) || !graph.has(other))) continue;
      waiting.delete(node);
      running.set(
        node,
        // The services are in this process and answer at once: without a pause nobody else would be answered until the end.
        setImmediate()
          .then(() => work(node))
          .then(succeeded => {
            running.delete(node);
            if (succeeded) done.add(node);
            else failed.push(node);
          }),
      );
    }
  };
  for (startReady(); running.size > 0; startReady()) await Promise.race(running.values());
  return failed;
}
