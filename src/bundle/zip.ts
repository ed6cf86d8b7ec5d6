import {createHash} from 'node:crypto';
import {zipSync} from 'fflate';

export interface ZipEntry {
  /** POSIX path inside the archive. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface Zip {
  readonly bytes: Uint8Array;
  /** What the entries hold together, before compression. */
  readonly unzippedBytes: number;
  /** Hex SHA-256 over the entries' paths and contents: the same code has the same name whatever compressed it. */
  readonly hash: string;
}

/**
 * The same entries give the same bytes on every machine: sorted paths, one date, one mode. fflate writes local time,
 * so the date is one that reads the same in every zone.
 */
export function zip(entries: readonly ZipEntry[]): Zip {
  const sorted = [...entries].sort((a, b) => (a.path < b.path ? -1 : 1));
  const date = new Date(1980, 0, 1);
  const hash = createHash('sha256');
  for (const {path, bytes} of sorted) hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  const files = Object.fromEntries(
    sorted.map(({path, bytes}) => [path, [bytes, {mtime: date, os: 3, attrs: (0o100644 << 16) >>> 0}]]),
  );
  return {
    bytes: zipSync(files as Parameters<typeof zipSync>[0], {level: 9}),
    unzippedBytes: sorted.reduce((sum, {bytes}) => sum + bytes.length, 0),
    hash: hash.digest('hex'),
  };
}
