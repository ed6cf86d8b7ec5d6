import {randomUUID} from 'node:crypto';
import type {State} from '../../state.ts';
import {numberOf, type QueueAttributes} from './attributes.ts';
import type {Entry} from './entry.ts';
import {Heap} from './heap.ts';
import {FifoLine, type Line, StandardLine} from './line.ts';
import type {Delivery, Message} from './message.ts';

export interface QueueRecord {
  readonly name: string;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly attributes: QueueAttributes;
  readonly tags: Readonly<Record<string, string>>;
  readonly purgedAt?: number;
}

/** One queue in memory: an index over the documents of the state, which every change writes first. */
export class Queue {
  record: QueueRecord;
  readonly name: string;
  readonly fifo: boolean;
  /** Calls that wait for a message. */
  readonly waiters = new Set<() => void>();
  readonly #state: State;
  readonly #entries = new Map<string, Entry>();
  readonly #line: Line;
  readonly #asleep = new Heap<{readonly at: number; readonly entry: Entry}>((a, b) => a.at < b.at);
  readonly #oldest = new Heap<Entry>((a, b) => a.message.sentAt < b.message.sentAt);
  #delayed = 0;
  #inFlight = 0;

  constructor(record: QueueRecord, state: State) {
    this.record = record;
    this.name = record.name;
    this.fifo = record.name.endsWith('.fifo');
    this.#state = state;
    this.#line = this.fifo ? new FifoLine() : new StandardLine();
  }

  /** Takes a message into the index whose document is stored already. */
  admit(message: Message, delivery: Delivery | undefined, now: number): void {
    const visibleAt = delivery?.visibleAt ?? message.delayedUntil ?? message.sentAt;
    const entry: Entry = {message, visibleAt, place: 'gone', ...(delivery && {delivery})};
    this.#entries.set(message.id, entry);
    this.#oldest.push(entry);
    this.#placeAt(entry, visibleAt, now);
  }

  /**
   * Takes up to `most` messages out of sight. `redrive` may move a message away instead, and says so.
   * Runs inside a transaction of the caller.
   */
  take(most: number, visibleAt: number, now: number, redrive: (entry: Entry) => boolean): Entry[] {
    this.#settle(now);
    const taken: Entry[] = [];
    for (const entry of this.#line.candidates()) {
      if (!redrive(entry)) {
        const {delivery, message} = entry;
        this.#deliver(entry, {
          receipt: randomUUID(),
          receivedAt: now,
          firstReceivedAt: delivery?.firstReceivedAt ?? message.firstReceivedAt ?? now,
          visibleAt,
          receives: (delivery?.receives ?? 0) + 1,
        });
        // Asleep even for a timeout of 0: the same receive must not find it twice.
        this.#sleep(entry, visibleAt, 'inFlight');
        taken.push(entry);
      }
      if (taken.length === most) break;
    }
    return taken;
  }

  find(id: string): Entry | undefined {
    return this.#entries.get(id);
  }

  /** In flight as far as `now` knows. */
  isInFlight(entry: Entry, now: number): boolean {
    this.#settle(now);
    return entry.place === 'inFlight';
  }

  changeVisibility(entry: Entry, visibleAt: number, now: number): void {
    if (entry.delivery === undefined) return;
    this.#deliver(entry, {...entry.delivery, visibleAt});
    this.#placeAt(entry, visibleAt, now);
  }

  /** Deletes the documents as well. */
  remove(entry: Entry): void {
    this.#state.transaction(() => {
      this.#state.collection('sqs messages').delete(entry.message.id);
      this.forget(entry);
    });
  }

  /** Takes the entry out of the index, and what its receives left; the message's document has gone elsewhere. */
  forget(entry: Entry): void {
    if (entry.delivery !== undefined) this.#state.collection('sqs deliveries').delete(entry.message.id);
    this.#leave(entry);
    this.#entries.delete(entry.message.id);
    this.#tidy();
  }

  clear(): void {
    this.#state.transaction(() => {
      for (const entry of [...this.#entries.values()]) this.remove(entry);
    });
  }

  counts(now: number): {readonly visible: number; readonly inFlight: number; readonly delayed: number} {
    this.#settle(now);
    return {
      visible: this.#entries.size - this.#inFlight - this.#delayed,
      inFlight: this.#inFlight,
      delayed: this.#delayed,
    };
  }

  oldestSentAt(now: number): number | undefined {
    this.#settle(now);
    return this.#oldest.peek()?.message.sentAt;
  }

  /** When the next message comes into sight by itself. */
  nextVisibleAt(): number | undefined {
    for (let next = this.#asleep.peek(); next !== undefined; next = this.#asleep.peek()) {
      if (isAsleep(next)) return next.at;
      this.#asleep.pop();
    }
    return undefined;
  }

  /** The messages that can be received now, in any order. */
  *visible(now: number): IterableIterator<Entry> {
    this.#settle(now);
    for (const entry of this.#entries.values()) if (entry.place === 'ready') yield entry;
  }

  #deliver(entry: Entry, delivery: Delivery): void {
    this.#state.collection<Delivery>('sqs deliveries').set(entry.message.id, delivery);
    entry.delivery = delivery;
  }

  /** Wakes what is due, and drops what has been kept for the retention period. */
  #settle(now: number): void {
    for (let next = this.#asleep.peek(); next !== undefined && next.at <= now; next = this.#asleep.peek()) {
      this.#asleep.pop();
      if (isAsleep(next)) this.#placeAt(next.entry, next.at, now);
    }
    const kept = now - numberOf(this.record.attributes, 'MessageRetentionPeriod') * 1000;
    for (let oldest = this.#oldest.peek(); oldest !== undefined; oldest = this.#oldest.peek()) {
      if (oldest.place !== 'gone') {
        if (oldest.message.sentAt > kept) break;
        this.remove(oldest);
      }
      this.#oldest.pop();
    }
  }

  #placeAt(entry: Entry, visibleAt: number, now: number): void {
    this.#leave(entry);
    if (visibleAt > now) {
      this.#sleep(entry, visibleAt, entry.delivery === undefined ? 'delayed' : 'inFlight');
      return;
    }
    entry.visibleAt = visibleAt;
    entry.place = 'ready';
    this.#line.add(entry);
    this.#wake();
  }

  #sleep(entry: Entry, visibleAt: number, place: 'delayed' | 'inFlight'): void {
    entry.visibleAt = visibleAt;
    entry.place = place;
    if (place === 'delayed') this.#delayed++;
    else {
      this.#inFlight++;
      this.#line.took(entry);
    }
    this.#asleep.push({at: visibleAt, entry});
    // Whoever waits has set an alarm for what was the next message to come into sight.
    if (this.nextVisibleAt() === visibleAt) this.#wake();
  }

  #leave(entry: Entry): void {
    const {place} = entry;
    entry.place = 'gone';
    if (place === 'delayed') this.#delayed--;
    if (place === 'inFlight') {
      this.#inFlight--;
      this.#line.released(entry);
    }
    // Whoever waits for the next message of a group can have it now.
    if (place === 'inFlight' && this.fifo) this.#wake();
  }

  /** A message that stays must not make the heaps keep all those that came and went behind it. */
  #tidy(): void {
    const most = 2 * this.#entries.size + 1000;
    if (this.#oldest.size > most) this.#oldest.retain(({place}) => place !== 'gone');
    if (this.#asleep.size > most) this.#asleep.retain(isAsleep);
  }

  #wake(): void {
    for (const wake of [...this.waiters]) wake();
  }
}

function isAsleep({at, entry}: {readonly at: number; readonly entry: Entry}): boolean {
  return entry.visibleAt === at && (entry.place === 'inFlight' || entry.place === 'delayed');
}
