import {createHash, randomUUID} from 'node:crypto';
import {createReadStream, linkSync, mkdirSync, openSync, readdirSync, rmSync} from 'node:fs';
import {open, rename, rm} from 'node:fs/promises';
import {join} from 'node:path';
import {Readable} from 'node:stream';
import type {StoredPart} from './object.ts';

export interface Received extends StoredPart {
  /** Hexadecimal. */
  readonly md5: string;
}

/** The bytes of objects: files that are written once, under names that nobody chose. */
export class Blobs {
  readonly #folder: string;
  readonly #incoming: string;

  constructor(folder: string) {
    this.#folder = folder;
    this.#incoming = join(folder, 'incoming');
    mkdirSync(this.#incoming, {recursive: true});
  }

  /** Complete under its name when this answers; a body that breaks off leaves nothing. */
  async receive(body: AsyncIterable<Uint8Array | string>): Promise<Received> {
    const file = randomUUID();
    const draft = join(this.#incoming, file);
    const hash = createHash('md5');
    let size = 0;
    const handle = await open(draft, 'wx', 0o600);
    try {
      for await (const chunk of body) {
        const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
        hash.update(bytes);
        size += bytes.length;
        for (let written = 0; written < bytes.length; ) written += (await handle.write(bytes, written)).bytesWritten;
      }
    } catch (error) {
      await handle.close();
      await rm(draft, {force: true});
      throw error;
    }
    await handle.close();
    await rename(draft, this.#path(file));
    return {file, size, md5: hash.digest('hex')};
  }

  /** The same bytes under another name, at no cost. */
  link({file, size}: StoredPart): StoredPart {
    const copy = randomUUID();
    linkSync(this.#path(file), this.#path(copy));
    return {file: copy, size};
  }

  /**
   * The bytes from `start` up to and including `end`. Files are opened before this answers: an object that is
   * overwritten while it is read goes on being the one that was asked for.
   */
  read(parts: readonly StoredPart[], start: number, end: number): Readable {
    const pieces: Readable[] = [];
    let offset = 0;
    for (const {file, size} of parts) {
      const from = Math.max(start - offset, 0);
      const to = Math.min(end - offset, size - 1);
      if (from <= to) {
        const path = this.#path(file);
        pieces.push(createReadStream(path, {fd: openSync(path, 'r'), start: from, end: to}));
      }
      offset += size;
    }
    const [only] = pieces;
    if (only === undefined) return Readable.from([]);
    return pieces.length === 1 ? only : inTurn(pieces);
  }

  /** Best effort: what stays is swept at the next start. */
  remove(parts: readonly StoredPart[]): void {
    for (const {file} of parts) rm(this.#path(file), {force: true}).catch(() => {});
  }

  /** Takes away what no document names: bodies that broke off, and files whose removal a kill prevented. */
  sweep(named: ReadonlySet<string>): void {
    rmSync(this.#incoming, {recursive: true, force: true});
    for (const entry of readdirSync(this.#folder, {withFileTypes: true}))
      if (entry.isFile() && !named.has(entry.name)) rmSync(this.#path(entry.name), {force: true});
    mkdirSync(this.#incoming, {recursive: true});
  }

  #path(file: string): string {
    return join(this.#folder, file);
  }
}

function inTurn(pieces: readonly Readable[]): Readable {
  async function* bytes() {
    try {
      for (const piece of pieces) yield* piece;
    } finally {
      for (const piece of pieces) piece.destroy();
    }
  }
  return Readable.from(bytes(), {objectMode: false});
}
