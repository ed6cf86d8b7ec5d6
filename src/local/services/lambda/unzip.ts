import {chmod, mkdir, writeFile} from 'node:fs/promises';
import {dirname, join, normalize, sep} from 'node:path';
import {promisify} from 'node:util';
import {crc32, inflateRaw} from 'node:zlib';
import {invalidParameter} from './errors.ts';

const inflate = promisify(inflateRaw);

/** Of a deployment package, unpacked. */
export const maximumUnzippedSize = 262_144_000;

/** Writes the files of a deployment package into a folder, one after the other; refuses what would land outside. */
export async function unzip(zip: Buffer, folder: string): Promise<void> {
  const entries = [...readDirectory(zip)];
  const size = entries.reduce((sum, entry) => sum + entry.size, 0);
  if (entries.length === 0) throw invalidParameter('Uploaded file must be a non-empty zip');
  if (size > maximumUnzippedSize)
    throw invalidParameter(`Unzipped size must be smaller than ${maximumUnzippedSize} bytes`);
  for (const entry of entries) {
    const path = pathInside(folder, entry.name);
    if (entry.name.endsWith('/')) {
      await mkdir(path, {recursive: true});
      continue;
    }
    if (entry.isLink)
      throw invalidParameter(
        `The deployment package holds the symbolic link ${entry.name}; put the file there instead`,
      );
    await mkdir(dirname(path), {recursive: true});
    await writeFile(path, await contentOf(zip, entry));
    if (entry.isExecutable) await chmod(path, 0o755);
  }
}

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly offset: number;
  readonly isLink: boolean;
  readonly isExecutable: boolean;
}

const endSignature = 0x06054b50;
const directorySignature = 0x02014b50;
const fileSignature = 0x04034b50;
const endLength = 22;
const longestComment = 0xffff;

/** https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.12; without Zip64, which starts above 4 GB. */
function* readDirectory(zip: Buffer): Generator<Entry> {
  let end = zip.length - endLength;
  const first = Math.max(0, end - longestComment);
  while (end >= first && zip.readUInt32LE(end) !== endSignature) end--;
  if (end < first) throw unreadable();
  const count = zip.readUInt16LE(end + 10);
  let at = zip.readUInt32LE(end + 16);
  for (let index = 0; index < count; index++) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== directorySignature) throw unreadable();
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map(offset => zip.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    const madeOnUnix = zip.readUInt16LE(at + 4) >> 8 === 3;
    const mode = madeOnUnix ? zip.readUInt32LE(at + 38) >>> 16 : 0;
    yield {
      name: zip.toString('utf8', at + 46, at + 46 + nameLength),
      method: zip.readUInt16LE(at + 10),
      crc: zip.readUInt32LE(at + 16),
      compressedSize: zip.readUInt32LE(at + 20),
      size: zip.readUInt32LE(at + 24),
      offset: zip.readUInt32LE(at + 42),
      isLink: (mode & 0o170000) === 0o120000,
      isExecutable: (mode & 0o111) !== 0,
    };
    at += 46 + nameLength + extraLength + commentLength;
  }
}

async function contentOf(zip: Buffer, entry: Entry): Promise<Buffer> {
  const {offset, compressedSize, size, method, crc} = entry;
  if (offset + 30 > zip.length || zip.readUInt32LE(offset) !== fileSignature) throw unreadable();
  const start = offset + 30 + zip.readUInt16LE(offset + 26) + zip.readUInt16LE(offset + 28);
  const stored = zip.subarray(start, start + compressedSize);
  let content: Buffer;
  try {
    // An entry that unpacks to more than its directory says is not trusted with the memory.
    content = method === 8 ? await inflate(stored, {maxOutputLength: Math.max(size, 1)}) : stored;
  } catch {
    throw unreadable();
  }
  if ((method !== 8 && method !== 0) || content.length !== size || crc32(content) !== crc) throw unreadable();
  return content;
}

function pathInside(folder: string, name: string): string {
  const path = normalize(join(folder, name));
  if (name.startsWith('/') || name.includes('\\') || name.includes('\0') || !`${path}${sep}`.startsWith(folder + sep))
    throw invalidParameter(`The deployment package holds ${JSON.stringify(name)}, which lies outside of it`);
  return path;
}

function unreadable(): Error {
  return invalidParameter('Could not unzip uploaded file. Please check your file, then try to upload again.');
}
