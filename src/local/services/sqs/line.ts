import type {Entry} from './entry.ts';
import {Heap} from './heap.ts';

/** The messages of a queue that may be received, in the order in which a receive should find them. */
export interface Line {
  /** `entry` may be received now. */
  add(entry: Entry): void;
  /** `entry` has been received, and is not back yet. */
  took(entry: Entry): void;
  /** `entry` is back or gone: it no longer holds up its group. */
  released(entry: Entry): void;
  /** Takes messages out for as long as the caller goes on asking. */
  candidates(): IterableIterator<Entry>;
}

/** First visible, first out; AWS promises no order, and a message that failed goes behind those that wait. */
export class StandardLine implements Line {
  readonly #ready = new Heap<{readonly since: number; readonly entry: Entry}>((a, b) =>
    a.since === b.since ? a.entry.message.sequence < b.entry.message.sequence : a.since < b.since,
  );

  add(entry: Entry): void {
    this.#ready.push({since: entry.visibleAt, entry});
  }

  took(): void {}

  released(): void {}

  *candidates(): IterableIterator<Entry> {
    for (let next = this.#ready.pop(); next !== undefined; next = this.#ready.pop())
      if (next.entry.place === 'ready') yield next.entry;
  }
}

/** Message groups in order, each held up while one of its messages is in flight; a receive takes the run of a group. */
export class FifoLine implements Line {
  readonly #groups = new Map<string, Group>();
  readonly #ready = new Heap<{readonly sequence: number; readonly group: Group}>((a, b) => a.sequence < b.sequence);

  add(entry: Entry): void {
    const group = this.#groupOf(entry);
    group.waiting.push(entry);
    this.#offer(group);
  }

  took(entry: Entry): void {
    this.#groupOf(entry).inFlight.add(entry);
  }

  released(entry: Entry): void {
    const group = this.#groupOf(entry);
    group.inFlight.delete(entry);
    this.#offer(group);
  }

  *candidates(): IterableIterator<Entry> {
    for (let next = this.#ready.pop(); next !== undefined; next = this.#ready.pop()) {
      const {group, sequence} = next;
      if (group.inFlight.size > 0 || head(group)?.message.sequence !== sequence) continue;
      try {
        for (let first = head(group); first !== undefined; first = head(group)) {
          group.waiting.pop();
          yield first;
        }
      } finally {
        this.#offer(group);
      }
    }
  }

  #offer(group: Group): void {
    if (group.inFlight.size > 0) return;
    const first = head(group);
    if (first === undefined) this.#groups.delete(group.id);
    else this.#ready.push({sequence: first.message.sequence, group});
  }

  #groupOf(entry: Entry): Group {
    const id = entry.message.groupId ?? '';
    let group = this.#groups.get(id);
    if (group === undefined) {
      group = {id, inFlight: new Set(), waiting: new Heap((a, b) => a.message.sequence < b.message.sequence)};
      this.#groups.set(id, group);
    }
    return group;
  }
}

interface Group {
  readonly id: string;
  readonly waiting: Heap<Entry>;
  readonly inFlight: Set<Entry>;
}

function head(group: Group): Entry | undefined {
  for (let first = group.waiting.peek(); first !== undefined; first = group.waiting.peek()) {
    if (first.place === 'ready') return first;
    group.waiting.pop();
  }
  return undefined;
}
