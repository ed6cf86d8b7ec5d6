import {type Dirent, readdirSync, readFileSync, statSync} from 'node:fs';
import {mkdir, rename, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {ContentHashes, type Stamp} from '../bundle/content-hashes.ts';
import type {Part} from '../bundle/part.ts';
import {sha256} from '../bundle/sha256.ts';
import type {Zip} from '../bundle/zip.ts';

/** What is kept of a function's last build, so that the next one need not be made. */
export interface KeptBuild {
  /** What it was made with and by, the code aside. */
  readonly made: string;
  /** What the code is bundled of. */
  readonly held: readonly Held[];
  /** Of a function of Python, the same in one hash. */
  readonly fingerprint?: string;
  /** Of the folder that it was written to. */
  readonly output: string;
  readonly borrowed: boolean;
  readonly parts: readonly Part[];
  readonly zip: Omit<Zip, 'bytes'>;
}

/** A path for `ContentHashes`, and what it held. */
interface Held {
  readonly path: string;
  readonly hash: string;
}

/** A build that was within its budget; what grew is told against it. */
type KeptSizes = readonly Part[];

interface RecordFile {
  readonly versions: string;
  /** Each once, as functions share most of theirs: [path, hash, size, mtime, ctime]. */
  readonly held: readonly (readonly [string, string, ...number[]])[];
  /** What each held, as indexes from and to. */
  readonly builds: Readonly<Record<string, Omit<KeptBuild, 'held'> & {readonly held: readonly [number, number][]}>>;
  readonly sizes: Readonly<Record<string, KeptSizes>>;
}

/** The builds of one template's functions, under `.gear/build`. It may be deleted at any time. */
export class BuildRecord {
  readonly hashes: ContentHashes;
  readonly #folder: string;
  readonly #versions: string;
  readonly #builds: Map<string, KeptBuild>;
  readonly #sizes: Map<string, KeptSizes>;
  #changed = false;

  /** `versions` are those of what makes the builds: another gear forgets them. */
  constructor(service: string, templateName: string, versions: string) {
    this.#folder = join(service, '.gear', 'build', templateName);
    this.#versions = versions;
    const {stamps, builds, sizes} = this.#read();
    this.hashes = new ContentHashes(service, stamps);
    this.#builds = builds;
    this.#sizes = sizes;
  }

  build(logicalId: string): KeptBuild | undefined {
    return this.#builds.get(logicalId);
  }

  sizes(logicalId: string): KeptSizes | undefined {
    return this.#sizes.get(logicalId);
  }

  /** Undefined when it has been deleted, or is not what was written. */
  zip(logicalId: string): Uint8Array | undefined {
    try {
      const bytes = readFileSync(this.#zipFile(logicalId));
      return bytes.length === this.#builds.get(logicalId)?.zip.zippedBytes ? bytes : undefined;
    } catch {
      return undefined;
    }
  }

  async keep(logicalId: string, build: KeptBuild, bytes: Uint8Array): Promise<void> {
    await replaceFile(this.#zipFile(logicalId), bytes);
    this.#builds.set(logicalId, build);
    this.#changed = true;
  }

  keepSizes(logicalId: string, sizes: KeptSizes): void {
    if (JSON.stringify(this.#sizes.get(logicalId)) === JSON.stringify(sizes)) return;
    this.#sizes.set(logicalId, sizes);
    this.#changed = true;
  }

  forget(logicalId: string): void {
    if (this.#builds.delete(logicalId)) this.#changed = true;
  }

  /** Without what is of functions that the template has no longer; nothing is written when nothing has changed. */
  async save(functions: readonly string[]): Promise<void> {
    if (!this.#changed && !this.hashes.changed) return;
    const held = new Map<string, {readonly index: number; readonly row: RecordFile['held'][number]}>();
    const indexOf = ({path, hash}: Held) => {
      const key = `${path}\0${hash}`;
      if (!held.has(key)) held.set(key, {index: held.size, row: this.#row(path, hash)});
      return held.get(key)!.index;
    };
    const here = <T>(map: ReadonlyMap<string, T>) => [...map].filter(([id]) => functions.includes(id));
    const builds = here(this.#builds).map(([id, kept]) => [id, {...kept, held: ranges(kept.held.map(indexOf))}]);
    const record: RecordFile = {
      versions: this.#versions,
      builds: Object.fromEntries(builds),
      sizes: Object.fromEntries(here(this.#sizes)),
      held: [...held.values()].map(({row}) => row),
    };
    await replaceFile(join(this.#folder, 'record.json'), JSON.stringify(record));
  }

  #row(path: string, hash: string): RecordFile['held'][number] {
    const stamp = this.hashes.stampOf(path);
    // A stamp of other contents would say that these are still there.
    if (stamp === undefined || stamp[3] !== hash) return [path, hash];
    const [size, mtime, ctime] = stamp;
    return [path, hash, size, mtime, ctime];
  }

  /** Nothing where there is none, or where it is damaged: then all is built again. */
  #read(): ReturnType<typeof readRecord> {
    try {
      const record = JSON.parse(readFileSync(join(this.#folder, 'record.json'), 'utf8')) as RecordFile;
      if (record.versions === this.#versions) return readRecord(record);
    } catch {}
    return {stamps: new Map(), builds: new Map(), sizes: new Map()};
  }

  #zipFile(logicalId: string): string {
    return join(this.#folder, `${logicalId}.zip`);
  }
}

function readRecord({held, builds, sizes}: RecordFile) {
  const stamps = new Map<string, Stamp>();
  for (const [path, hash, size, mtime, ctime] of held)
    if (size !== undefined) stamps.set(path, [size, mtime!, ctime!, hash]);
  const each = held.map(([path, hash]): Held => ({path, hash}));
  const kept = Object.entries(builds).map(([id, build]): [string, KeptBuild] => {
    if (!build.parts.every(isPart)) throw new TypeError(`${id} has no parts`);
    return [id, {...build, zip: {...build.zip}, held: build.held.flatMap(([from, to]) => each.slice(from, to))}];
  });
  const known = Object.entries(sizes);
  if (!known.every(([, parts]) => parts.every(isPart))) throw new TypeError('there is no size');
  return {stamps, builds: new Map(kept), sizes: new Map(known)};
}

function isPart({name, bytes}: Part): boolean {
  return typeof name === 'string' && typeof bytes === 'number';
}

function ranges(indexes: readonly number[]): readonly [number, number][] {
  const found: [number, number][] = [];
  for (const index of [...indexes].sort((a, b) => a - b)) {
    const last = found.at(-1);
    if (last?.[1] === index) last[1]++;
    else found.push([index, index + 1]);
  }
  return found;
}

/** Of a folder as it was written, by the sizes and times of its files; empty when it is not there. */
export function outputStamp(folder: string): string {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, {recursive: true, withFileTypes: true});
  } catch {
    return '';
  }
  const lines = entries
    .filter(entry => !entry.isDirectory())
    .map(entry => {
      const path = join(entry.parentPath, entry.name);
      const {size, mtimeMs, ctimeMs} = statSync(path);
      return `${path.slice(folder.length)} ${size} ${mtimeMs} ${ctimeMs}`;
    });
  const stamp = lines.sort().join('\n');
  return stamp.length < shortStamp ? stamp : sha256(stamp);
}

/** A bundle is one file, or two: its stamp stands for itself, so that nothing is loaded to hash it. */
const shortStamp = 500;

async function replaceFile(path: string, contents: Uint8Array | string): Promise<void> {
  await mkdir(join(path, '..'), {recursive: true});
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, contents);
  await rename(draft, path);
}
