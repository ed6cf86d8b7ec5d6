import {createHash} from 'node:crypto';
import {Malformed} from '../../../lib/failure.ts';

/**
 * Bytes pulled from a stream, counted and hashed on their way. Holds one chunk of the stream (64 KiB or so) and what
 * was peeked at, never the whole object.
 */
export class ByteSource {
  readonly #stream: AsyncIterator<Uint8Array>;
  readonly #hash = createHash('sha256');
  #buffered: Uint8Array = new Uint8Array();
  #size = 0;
  #ended = false;

  constructor(stream: AsyncIterable<Uint8Array>) {
    this.#stream = stream[Symbol.asyncIterator]();
  }

  /** Bytes that came from the stream so far. */
  get size(): number {
    return this.#size;
  }

  /** Whether the stream has nothing more to give. */
  get ended(): boolean {
    return this.#ended;
  }

  /** The next bytes, which stay: fewer than `count` at the end of the stream. */
  async peek(count: number): Promise<Uint8Array> {
    while (this.#buffered.length < count) {
      const chunk = await this.#pull();
      if (chunk === undefined) break;
      this.#buffered = this.#buffered.length === 0 ? chunk : Buffer.concat([this.#buffered, chunk]);
    }
    return this.#buffered.subarray(0, count);
  }

  /** Exactly `count` bytes; `of` says in the error what ended too early. */
  async take(count: number, of: string): Promise<DataView> {
    const bytes = await this.peek(count);
    if (bytes.length < count) throw truncated(of);
    this.#buffered = this.#buffered.subarray(count);
    return new DataView(bytes.buffer, bytes.byteOffset, count);
  }

  /** Passes over `count` bytes, showing them to `visit` piece by piece. */
  async skip(count: number, of: string, visit?: (bytes: Uint8Array) => void): Promise<void> {
    let left = count;
    while (left > 0) {
      const piece = await this.peek(1);
      if (piece.length === 0) throw truncated(of);
      const bytes = this.#buffered.subarray(0, left);
      visit?.(bytes);
      this.#buffered = this.#buffered.subarray(bytes.length);
      left -= bytes.length;
    }
  }

  async *rest(): AsyncGenerator<Uint8Array> {
    while ((await this.peek(1)).length > 0) {
      const bytes = this.#buffered;
      this.#buffered = new Uint8Array();
      yield bytes;
    }
  }

  /** Reads what is left, so that the checksum is that of the whole object. */
  async sha256(): Promise<string> {
    for await (const _ of this.rest());
    return this.#hash.digest('hex');
  }

  /** Ends the connection when reading stopped before the end. */
  async close(): Promise<void> {
    if (!this.#ended) await this.#stream.return?.();
  }

  async #pull(): Promise<Uint8Array | undefined> {
    const {value, done} = await this.#stream.next();
    if (done) {
      this.#ended = true;
      return undefined;
    }
    this.#hash.update(value);
    this.#size += value.length;
    return value;
  }
}

function truncated(of: string): Malformed {
  return new Malformed(`The ${of} is truncated`);
}
