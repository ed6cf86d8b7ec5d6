import {createHash} from 'node:crypto';
import {type Dirent, readdirSync, readFileSync, statSync} from 'node:fs';
import {mkdir, rename, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {isDeepStrictEqual} from 'node:util';
import {ContentHashes, type Stamp} from '../bundle/content-hashes.ts';
import type {Part} from '../bundle/part.ts';
import type {Zip} from '../bundle/zip.ts';

/** What is kept of a function's last build, so that the next one need not be made. */
export interface KeptBuild {
  /** What it was made with and by, the code aside. */
  readonly made: string;
  /** Paths for `ContentHashes`, and what they held. */
  readonly probes: readonly string[];
  readonly fingerprint: string;
  /** Of the folder that it was written to. */
  readonly output: string;
  readonly borrowed: boolean;
  readonly parts: readonly Part[];
  readonly zip: Omit<Zip, 'bytes'>;
}

/** A build that was within its budget; what grew is told against it. */
type KeptSizes = readonly Part[];

interface RecordFile {
  readonly versions: string;
  /** Each path once, as functions share most of theirs. */
  readonly paths: readonly string[];
  readonly stamps: readonly (Stamp | null)[];
  readonly builds: Readonly<Record<string, Omit<KeptBuild, 'probes'> & {readonly probes: readonly number[]}>>;
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
    const {paths = [], stamps = [], builds = {}, sizes = {}} = this.#read();
    this.hashes = new ContentHashes(
      service,
      new Map(paths.flatMap((path, index) => (stamps[index] ? [[path, stamps[index]]] : []))),
    );
    this.#builds = new Map(
      Object.entries(builds).map(([id, kept]) => [id, {...kept, probes: kept.probes.map(index => paths[index]!)}]),
    );
    this.#sizes = new Map(Object.entries(sizes));
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
    if (isDeepStrictEqual(this.#sizes.get(logicalId), sizes)) return;
    this.#sizes.set(logicalId, sizes);
    this.#changed = true;
  }

  forget(logicalId: string): void {
    if (this.#builds.delete(logicalId)) this.#changed = true;
  }

  /** Without what is of functions that the template has no longer; nothing is written when nothing has changed. */
  async save(functions: readonly string[]): Promise<void> {
    if (!this.#changed && !this.hashes.changed) return;
    const paths = new Map<string, number>();
    const indexOf = (path: string) => {
      if (!paths.has(path)) paths.set(path, paths.size);
      return paths.get(path)!;
    };
    const here = <T>(map: ReadonlyMap<string, T>) => [...map].filter(([id]) => functions.includes(id));
    const builds = here(this.#builds).map(([id, kept]) => [id, {...kept, probes: kept.probes.map(indexOf)}]);
    const record: RecordFile = {
      versions: this.#versions,
      builds: Object.fromEntries(builds),
      sizes: Object.fromEntries(here(this.#sizes)),
      paths: [...paths.keys()],
      stamps: [...paths.keys()].map(path => this.hashes.stampOf(path) ?? null),
    };
    await replaceFile(join(this.#folder, 'record.json'), JSON.stringify(record));
  }

  #read(): Partial<RecordFile> {
    try {
      const record = JSON.parse(readFileSync(join(this.#folder, 'record.json'), 'utf8')) as RecordFile;
      return record.versions === this.#versions ? record : {};
    } catch {
      return {};
    }
  }

  #zipFile(logicalId: string): string {
    return join(this.#folder, `${logicalId}.zip`);
  }
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
  return createHash('sha256').update(lines.sort().join('\n')).digest('base64url');
}

async function replaceFile(path: string, contents: Uint8Array | string): Promise<void> {
  await mkdir(join(path, '..'), {recursive: true});
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, contents);
  await rename(draft, path);
}
