import {readdirSync, readFileSync, type Stats, statSync} from 'node:fs';
import {join} from 'node:path';
import {sha256} from './sha256.ts';

/** Size, times of change in milliseconds, and the hash of what was there then. */
export type Stamp = readonly [size: number, mtime: number, ctime: number, hash: string];

/** Of a path at which nothing is. */
const missing = '-';

/** So close to now that a file may change once more and keep its times. */
const tooYoung = 50;

/**
 * What files hold, by the hash that was taken when they had the size and the times that they have: only a file that
 * has others is read. A path that ends in a slash stands for the names in a folder.
 */
export class ContentHashes {
  readonly #folder: string;
  readonly #stamps: Map<string, Stamp>;
  readonly #seen = new Map<string, string>();
  #changed = false;

  constructor(folder: string, stamps: ReadonlyMap<string, Stamp>) {
    this.#folder = folder;
    this.#stamps = new Map(stamps);
  }

  hashOf(path: string): string {
    const seen = this.#seen.get(path);
    if (seen !== undefined) return seen;
    const hash = this.#take(path);
    this.#seen.set(path, hash);
    return hash;
  }

  /** Whether one of them is of a time after `milliseconds`: then nobody knows which of its states a bundler read. */
  anyChangedSince(paths: readonly string[], milliseconds: number): boolean {
    return paths.some(path => {
      const found = this.#stat(path);
      return found?.isFile() === true && Math.max(found.mtimeMs, found.ctimeMs) >= milliseconds;
    });
  }

  /** Some stamp is new. */
  get changed(): boolean {
    return this.#changed;
  }

  stampOf(path: string): Stamp | undefined {
    return this.#stamps.get(path);
  }

  #take(path: string): string {
    const found = this.#stat(path);
    if (found === undefined || found.isDirectory() !== path.endsWith('/')) {
      this.#stamps.delete(path);
      return missing;
    }
    const {size, mtimeMs, ctimeMs} = found;
    const known = this.#stamps.get(path);
    if (known !== undefined && known[0] === size && known[1] === mtimeMs && known[2] === ctimeMs) return known[3];
    const hash = sha256(this.#read(path)).slice(0, 22);
    this.#stamps.delete(path);
    if (Math.max(mtimeMs, ctimeMs) < Date.now() - tooYoung) {
      this.#stamps.set(path, [size, mtimeMs, ctimeMs, hash]);
      this.#changed = true;
    }
    return hash;
  }

  #read(path: string): string | Uint8Array {
    const absolute = join(this.#folder, path);
    if (!path.endsWith('/')) return readFileSync(absolute);
    // Editors and tools keep hidden files of their own; none of them is ever imported.
    const names = readdirSync(absolute).filter(name => !name.startsWith('.'));
    return names.sort().join('\n');
  }

  #stat(path: string): Stats | undefined {
    try {
      // Not joined: thousands of paths are asked for, and the system follows `..` by itself.
      return statSync(`${this.#folder}/${path}`, {throwIfNoEntry: false});
    } catch {
      // A file stands where a folder is looked for.
      return undefined;
    }
  }
}
