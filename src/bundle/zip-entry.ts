import {promisify} from 'node:util';
import {constants, inflateRaw} from 'node:zlib';
import type {ZipFile} from './zip-directory.ts';

type ReadBytes = (start: number, length: number) => Promise<Uint8Array>;

/** The first bytes of a file in a zip, by one part of it; fewer where it has no more, none where they cannot be read. */
export async function readZipHead(file: ZipFile, readPart: ReadBytes, length: number): Promise<Uint8Array> {
  // Deflated, what is short may come out longer by a few bytes.
  const wanted = Math.min(file.compressedBytes, length + 64);
  const data = await dataOf(file, readPart, wanted);
  return (await unpacked(data, file, mostOfHead))?.subarray(0, length) ?? new Uint8Array();
}

/** A whole file of a zip; undefined where it is not what the directory says of it. */
export async function readZipFile(file: ZipFile, readPart: ReadBytes): Promise<Uint8Array | undefined> {
  const data = await dataOf(file, readPart, file.compressedBytes);
  const bytes = data.length === file.compressedBytes ? await unpacked(data, file, file.bytes) : undefined;
  return bytes?.length === file.bytes ? bytes : undefined;
}

/** Its own header may have another extra field than the directory; none that is written is longer than this. */
const mostExtra = 512;
const mostOfHead = 1_048_576;

async function dataOf(file: ZipFile, readPart: ReadBytes, wanted: number): Promise<Uint8Array> {
  const fixed = 30 + Buffer.byteLength(file.path);
  const part = await readPart(file.offset, fixed + mostExtra + wanted);
  if (part.length < 30) return new Uint8Array();
  const view = new DataView(part.buffer, part.byteOffset, part.byteLength);
  if (view.getUint32(0, true) !== 0x04034b50) return new Uint8Array();
  const from = 30 + view.getUint16(26, true) + view.getUint16(28, true);
  return part.subarray(from, from + wanted);
}

async function unpacked(data: Uint8Array, {method}: ZipFile, most: number): Promise<Uint8Array | undefined> {
  if (method === 0) return data;
  if (method !== 8) return undefined;
  try {
    return await inflate(data, {finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: Math.max(1, most)});
  } catch {
    // Damaged, or longer than it is said to be.
    return undefined;
  }
}

const inflate = promisify(inflateRaw);
