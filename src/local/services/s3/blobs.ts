import {createHash, randomUUID} from 'node:crypto';
import {createReadStream, linkSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {open, rm} from 'node:fs/promises';
import {join} from 'node:path';
import {Readable} from 'node:stream';
import type {StoredPart} from './object.ts';

export interface Received extends StoredPart {
  /** Hexadecimal. */
  readonly md5: string;
}

/**
 * The bytes of objects: files that are written once, under names that nobody chose. Until a document names a file it
 * is no object, whole or not, and the next start sweeps it away; so it needs no other name while it is written.
 */
export class Blobs {
  readonly #folder: string;
  /** How many streams read a file. */
  readonly #readers = new Map<string, number>();
  /** Removed, but still read. */
  readonly #doomed = new Set<string>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Complete when this answers; a body that breaks off leaves nothing. */
  async receive(body: AsyncIterable<Uint8Array | string>): Promise<Received> {
    const file = randomUUID();
    const hash = createHash('md5');
    const sink = new Sink(this.#path(file));
    let size = 0;
    try {
      for await (const chunk of body) {
        const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
        hash.update(bytes);
        size += bytes.length;
        await sink.write(bytes);
      }
      await sink.end();
    } catch (error) {
      await sink.abandon();
      throw error;
    }
    return {file, size, md5: hash.digest('hex')};
  }

  /** The same bytes under another name, at no cost. */
  link({file, size}: StoredPart): StoredPart {
    const copy = randomUUID();
    linkSync(this.#path(file), this.#path(copy));
    return {file: copy, size};
  }

  /**
   * The bytes from `start` up to and including `end`. An object that is overwritten while it is read goes on being
   * the one that was asked for: its files stay until the stream is closed.
   */
  read(parts: readonly StoredPart[], start: number, end: number): Readable {
    const pieces: {readonly file: string; readonly start: number; readonly end: number}[] = [];
    let offset = 0;
    for (const {file, size} of parts) {
      const piece = {file, start: Math.max(start - offset, 0), end: Math.min(end - offset, size - 1)};
      if (piece.start <= piece.end) pieces.push(piece);
      offset += size;
    }
    for (const {file} of pieces) this.#readers.set(file, (this.#readers.get(file) ?? 0) + 1);
    const [only] = pieces;
    const stream =
      only !== undefined && pieces.length === 1
        ? createReadStream(this.#path(only.file), {start: only.start, end: only.end})
        : Readable.from(this.#inTurn(pieces), {objectMode: false});
    stream.once('close', () => {
      for (const {file} of pieces) this.#release(file);
    });
    return stream;
  }

  /** Best effort: what stays is swept at the next start. */
  remove(parts: readonly StoredPart[]): void {
    for (const {file} of parts)
      if (this.#readers.has(file)) this.#doomed.add(file);
      else rm(this.#path(file), {force: true}).catch(() => {});
  }

  /** Takes away what no document names: bodies that broke off, and files whose removal a kill prevented. */
  sweep(named: ReadonlySet<string>): void {
    for (const file of readdirSync(this.#folder)) if (!named.has(file)) rmSync(this.#path(file), {force: true});
  }

  async *#inTurn(pieces: readonly {readonly file: string; readonly start: number; readonly end: number}[]) {
    for (const {file, start, end} of pieces) yield* createReadStream(this.#path(file), {start, end});
  }

  #release(file: string): void {
    const readers = (this.#readers.get(file) ?? 0) - 1;
    if (readers > 0) {
      this.#readers.set(file, readers);
      return;
    }
    this.#readers.delete(file);
    if (this.#doomed.delete(file)) rm(this.#path(file), {force: true}).catch(() => {});
  }

  #path(file: string): string {
    return join(this.#folder, file);
  }
}

/** Most objects are small, and one write is several times faster than a file that is opened, written and closed. */
const smallSize = 64 * 1024;

/** A file being written: gathered in memory while it is small. */
class Sink {
  readonly #path: string;
  #gathered: Uint8Array[] = [];
  #size = 0;
  #handle: Awaited<ReturnType<typeof open>> | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.#size += bytes.length;
    this.#gathered.push(bytes);
    if (this.#size <= smallSize) return;
    this.#handle ??= await open(this.#path, 'wx', 0o600);
    for (const piece of this.#gathered)
      for (let written = 0; written < piece.length; )
        written += (await this.#handle.write(piece, written)).bytesWritten;
    this.#gathered = [];
  }

  async end(): Promise<void> {
    if (this.#handle === undefined) writeFileSync(this.#path, Buffer.concat(this.#gathered), {flag: 'wx', mode: 0o600});
    else await this.#handle.close();
  }

  async abandon(): Promise<void> {
    await this.#handle?.close();
    await rm(this.#path, {force: true});
  }
}
