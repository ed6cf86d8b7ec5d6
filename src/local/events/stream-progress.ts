import type {StreamCheckpoint} from '../services/lambda/records.ts';

/** What of a stream is read and what of it is done with; records may be done with in another order than they came in. */
export class StreamProgress {
  #after: string | undefined;
  /** The last record read, from which the next ones are read. */
  #readUpTo: string | undefined;
  readonly #doneEarlier: ReadonlySet<string>;
  readonly #outstanding = new Map<string, boolean>();

  constructor({after, done}: StreamCheckpoint) {
    this.#after = after;
    this.#readUpTo = after;
    this.#doneEarlier = new Set(done);
  }

  get readUpTo(): string | undefined {
    return this.#readUpTo;
  }

  /** How many records are read and not behind the checkpoint yet. */
  get outstanding(): number {
    return this.#outstanding.size;
  }

  get checkpoint(): StreamCheckpoint {
    const done = [...this.#outstanding].filter(([, isDone]) => isDone).map(([sequence]) => sequence);
    return {done, ...(this.#after !== undefined && {after: this.#after})};
  }

  /** Whether a record that was just read is still to be dealt with. */
  begin(sequence: string): boolean {
    this.#readUpTo = sequence;
    const isDone = this.#doneEarlier.has(sequence);
    this.#outstanding.set(sequence, isDone);
    if (isDone) this.#advance();
    return !isDone;
  }

  finish(sequences: readonly string[]): void {
    for (const sequence of sequences) this.#outstanding.set(sequence, true);
    this.#advance();
  }

  #advance(): void {
    // A map keeps the order in which its entries came: that of the stream.
    for (const [sequence, isDone] of this.#outstanding) {
      if (!isDone) return;
      this.#after = sequence;
      this.#outstanding.delete(sequence);
    }
  }
}
