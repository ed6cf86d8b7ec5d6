import type {ReadPart} from '../../aws/archive-parts.ts';
import {binaryHeadBytes, binaryMachine, mayBeBinary} from '../../bundle/binary-machine.ts';
import {readZipDirectory, type ZipFile, zipTailBytes} from '../../bundle/zip-directory.ts';
import {readZipHead} from '../../bundle/zip-entry.ts';
import type {PackagedFile} from '../../model/deployment-package.ts';

export interface ReadArchive {
  readonly files: readonly PackagedFile[];
  /** As its directory has them. */
  readonly entries: readonly ZipFile[];
  readBytes(start: number, length: number): Promise<Uint8Array>;
}

/**
 * The end of the archive, of a large one the rest of its directory, and the first bytes of its native modules: a few
 * requests, and none for what else is in it.
 */
export async function readArchive(part: ReadPart, {binaries}: {readonly binaries: number}): Promise<ReadArchive> {
  const tail = await part({last: zipTailBytes});
  const readBytes = async (start: number, length: number) => {
    const inTail = start - tail.start;
    // A small archive is all tail.
    if (inTail >= 0) return tail.bytes.subarray(inTail, inTail + length);
    const left = Math.min(length, tail.total - start);
    return left > 0 ? (await part({start, length: left})).bytes : new Uint8Array();
  };
  const entries = await readZipDirectory(tail, readBytes);
  const machines = new Map<string, string>();
  await Promise.all(
    candidates(entries, binaries).map(async entry => {
      const machine = binaryMachine(await readZipHead(entry, readBytes, binaryHeadBytes));
      if (machine !== undefined) machines.set(entry.path, machine);
    }),
  );
  const files = entries.map(({path, bytes, compressedBytes}) => {
    const machine = machines.get(path);
    return {path, bytes, compressedBytes, ...(machine === undefined ? {} : {machine})};
  });
  return {files, entries, readBytes};
}

/** The largest; of the others their names have to do. */
function candidates(entries: readonly ZipFile[], most: number): readonly ZipFile[] {
  return entries
    .filter(({path, bytes}) => bytes > 0 && mayBeBinary(path))
    .sort((a, b) => b.bytes - a.bytes || (a.path < b.path ? -1 : 1))
    .slice(0, most);
}
