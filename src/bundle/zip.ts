import {createHash} from 'node:crypto';
import {unzipSync, zipSync} from 'fflate';
import {GearError} from '../errors.ts';

export interface ZipEntry {
  /** POSIX path inside the archive. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Such as the `bootstrap` of a runtime of one's own, which Lambda starts. */
  readonly executable?: boolean;
}

export interface Zip {
  readonly bytes: Uint8Array;
  readonly zippedBytes: number;
  /** What the entries hold together, before compression. */
  readonly unzippedBytes: number;
  /** Hex SHA-256 over the entries' paths, modes and contents: the same code has the same name whatever compressed it. */
  readonly hash: string;
}

/**
 * The same entries give the same bytes on every machine: sorted paths, one date, one mode for what is executed and one for
 * the rest. fflate writes local time, so the date is one that reads the same in every zone; it is JavaScript, as zlib's
 * bytes change with the version of Node.js.
 */
export function zip(entries: readonly ZipEntry[]): Zip {
  const sorted = [...entries].sort((a, b) => (a.path < b.path ? -1 : 1));
  const date = new Date(1980, 0, 1);
  const hash = createHash('sha256');
  for (const entry of sorted)
    hash
      .update(`${entry.path}\0${modeOf(entry).toString(8)}\0`)
      .update(createHash('sha256').update(entry.bytes).digest());
  const files = Object.fromEntries(
    sorted.map(entry => [entry.path, [entry.bytes, {mtime: date, os: 3, attrs: (modeOf(entry) << 16) >>> 0}]]),
  );
  const bytes = zipSync(files as Parameters<typeof zipSync>[0], {level: 9});
  return {
    bytes,
    zippedBytes: bytes.length,
    unzippedBytes: sorted.reduce((sum, entry) => sum + entry.bytes.length, 0),
    hash: hash.digest('hex'),
  };
}

/** An archive that somebody else made: its bytes as they are. `shown` is its name in a message. */
export function zipFile(
  bytes: Uint8Array,
  shown: string,
): {files: readonly {path: string; bytes: number}[]; packed: Zip} {
  const files: {path: string; bytes: number}[] = [];
  try {
    unzipSync(bytes, {
      filter({name, originalSize}) {
        if (!name.endsWith('/')) files.push({path: name, bytes: originalSize});
        return false;
      },
    });
  } catch (cause) {
    throw new GearError(`${shown} is damaged, or no zip archive`, {code: 'ARCHIVE_UNREADABLE', cause});
  }
  const unzippedBytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const hash = createHash('sha256').update(bytes).digest('hex');
  return {files, packed: {bytes, zippedBytes: bytes.length, unzippedBytes, hash}};
}

/** Two modes only: who else may read a file depends on the machine that it was written on. */
function modeOf({executable = false}: ZipEntry): number {
  return executable ? 0o100755 : 0o100644;
}
