import {GearError} from '../errors.ts';

/** What a zip's directory says of a file in it. */
export interface ZipFile {
  readonly path: string;
  readonly bytes: number;
  readonly compressedBytes: number;
  /** Where its own header stands. */
  readonly offset: number;
  /** 0 for stored, 8 for deflated. */
  readonly method: number;
}

/** Some bytes of an archive, and where in it they stand. */
export interface ZipPart {
  readonly bytes: Uint8Array;
  readonly start: number;
  /** Of the whole archive. */
  readonly total: number;
}

/** The end of a zip, in which its directory is found; most have the directory in it as well. */
export const zipTailBytes = 65_536 + 22;

/** Nothing that Lambda takes has a directory of more. */
const largestDirectory = 32 * 1024 * 1024;

/**
 * The files of a zip, by its end and, where the directory begins before it, by one part more. What the archive says of
 * itself is not believed where it cannot be. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export async function readZipDirectory(
  tail: ZipPart,
  readPart: (start: number, length: number) => Promise<Uint8Array>,
): Promise<readonly ZipFile[]> {
  const {offset, size, entries} = findDirectory(tail);
  if (offset + size > tail.total) throw unreadable('its directory is said to lie behind its end');
  if (size > largestDirectory) throw unreadable('its directory is larger than that of any package');
  const directory =
    offset >= tail.start
      ? tail.bytes.subarray(offset - tail.start, offset - tail.start + size)
      : await readPart(offset, size);
  if (directory.length !== size) throw unreadable('its directory is cut off');
  return listEntries(directory, entries, tail.total);
}

interface Directory {
  readonly offset: number;
  readonly size: number;
  readonly entries: number;
}

function findDirectory({bytes, start}: ZipPart): Directory {
  const view = viewOf(bytes);
  let end = bytes.length - 22;
  while (
    end >= 0 &&
    !(view.getUint32(end, true) === 0x06054b50 && end + 22 + view.getUint16(end + 20, true) <= bytes.length)
  )
    end--;
  if (end < 0) throw unreadable('it does not end as a zip does');
  const directory = {
    entries: view.getUint16(end + 10, true),
    size: view.getUint32(end + 12, true),
    offset: view.getUint32(end + 16, true),
  };
  const large = directory.entries === 0xffff || directory.size === 0xffffffff || directory.offset === 0xffffffff;
  // A zip of exactly 65,535 files has no ZIP64 record.
  if (!large || end < 20 || view.getUint32(end - 20, true) !== 0x07064b50) return directory;
  const at = Number(view.getBigUint64(end - 12, true)) - start;
  if (at < 0 || at + 56 > bytes.length || view.getUint32(at, true) !== 0x06064b50)
    throw unreadable('its ZIP64 record is not where it is said to be');
  return {
    entries: Number(view.getBigUint64(at + 32, true)),
    size: Number(view.getBigUint64(at + 40, true)),
    offset: Number(view.getBigUint64(at + 48, true)),
  };
}

function listEntries(directory: Uint8Array, entries: number, total: number): readonly ZipFile[] {
  const view = viewOf(directory);
  const files: ZipFile[] = [];
  let found = 0;
  let compressed = 0;
  for (let at = 0; at < directory.length; found++) {
    if (at + 46 > directory.length || view.getUint32(at, true) !== 0x02014b50)
      throw unreadable('its directory is damaged');
    const [name, extra, comment] = [28, 30, 32].map(place => view.getUint16(at + place, true)) as [
      number,
      number,
      number,
    ];
    const next = at + 46 + name + extra + comment;
    if (next > directory.length) throw unreadable('its directory is damaged');
    const path = new TextDecoder().decode(directory.subarray(at + 46, at + 46 + name));
    const sizes = sizesOf(view, at, at + 46 + name, extra);
    compressed += sizes.compressedBytes;
    // Deflate makes of one byte no more than 1,032.
    if (compressed > total || sizes.bytes > sizes.compressedBytes * 1032 + 64)
      throw unreadable(`it says of ${JSON.stringify(path)} a size that cannot be`);
    if (leadsOut(path)) throw unreadable(`it has a file of the name ${JSON.stringify(path)}`);
    if (!path.endsWith('/')) files.push({path, ...sizes, method: view.getUint16(at + 10, true)});
    at = next;
  }
  if (found !== entries) throw unreadable(`it says that it has ${entries} files, and lists ${found}`);
  return files;
}

function sizesOf(view: DataView, at: number, extraAt: number, extra: number): Omit<ZipFile, 'path' | 'method'> {
  let bytes = view.getUint32(at + 24, true);
  let compressedBytes = view.getUint32(at + 20, true);
  let offset = view.getUint32(at + 42, true);
  for (let field = extraAt; field + 4 <= extraAt + extra; field += 4 + view.getUint16(field + 2, true)) {
    if (view.getUint16(field, true) !== 1) continue;
    let value = field + 4;
    const wide = () => {
      if (value + 8 > extraAt + extra) throw unreadable('its directory is damaged');
      value += 8;
      return Number(view.getBigUint64(value - 8, true));
    };
    if (bytes === 0xffffffff) bytes = wide();
    if (compressedBytes === 0xffffffff) compressedBytes = wide();
    if (offset === 0xffffffff) offset = wide();
    break;
  }
  return {bytes, compressedBytes, offset};
}

function leadsOut(path: string): boolean {
  return path === '' || path.startsWith('/') || path.split(/[\\/]/).includes('..') || /\p{Cc}/u.test(path);
}

function viewOf({buffer, byteOffset, byteLength}: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

function unreadable(what: string): GearError {
  return new GearError(`the archive cannot be read: ${what}`, {code: 'ARCHIVE_UNREADABLE'});
}
