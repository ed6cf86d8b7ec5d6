import type {StoredVersion} from './object.ts';

/** The keys of one bucket in the order in which S3 lists them, each with its versions, newest first. */
export class KeyIndex {
  readonly #versions = new Map<string, StoredVersion[]>();
  #keys: string[] = [];
  #sorted = true;

  versions(key: string): readonly StoredVersion[] {
    return this.#versions.get(key) ?? [];
  }

  get isEmpty(): boolean {
    return this.#versions.size === 0;
  }

  /** Takes the place of a version with the same id. */
  put(version: StoredVersion): void {
    const versions = this.#versions.get(version.key);
    if (versions === undefined) {
      this.#versions.set(version.key, [version]);
      const last = this.#keys.at(-1);
      this.#sorted &&= last === undefined || compareKeys(last, version.key) < 0;
      this.#keys.push(version.key);
      return;
    }
    const others = versions.filter(({versionId}) => versionId !== version.versionId);
    this.#versions.set(
      version.key,
      [version, ...others].sort((a, b) => b.sequence - a.sequence),
    );
  }

  remove({key, versionId}: StoredVersion): void {
    const rest = this.versions(key).filter(version => version.versionId !== versionId);
    if (rest.length > 0) {
      this.#versions.set(key, rest);
      return;
    }
    this.#versions.delete(key);
    const at = this.#position(other => compareKeys(other, key) < 0);
    if (this.#keys[at] === key) this.#keys.splice(at, 1);
  }

  /** The first key for which `isBefore` no longer holds, then those after it; `isBefore` must hold for a beginning. */
  keyFrom(isBefore: (key: string) => boolean): string | undefined {
    return this.#keys[this.#position(isBefore)];
  }

  *keys(): IterableIterator<string> {
    this.#sort();
    yield* [...this.#keys];
  }

  /** By bisection. */
  #position(isBefore: (key: string) => boolean): number {
    this.#sort();
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(this.#keys[middle]!)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #sort(): void {
    if (this.#sorted) return;
    this.#keys = this.#keys.sort(compareKeys);
    this.#sorted = true;
  }
}

/** By UTF-8 bytes, as S3 does; JavaScript's own order differs beyond the basic plane. */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const [x, y] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (x !== y) return aboveSurrogates(x) - aboveSurrogates(y);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above all other code units. */
function aboveSurrogates(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
