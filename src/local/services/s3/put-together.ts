import {createHash} from 'node:crypto';
import {ServiceError} from '../../service-error.ts';
import {type ChecksumInput, givenChecksums} from './checksums.ts';
import {malformedXml} from './errors.ts';
import type {UploadedPart} from './uploads.ts';

interface NamedPart extends ChecksumInput {
  readonly PartNumber: number;
  readonly ETag?: string | undefined;
}

const leastPartSize = 5 * 1024 * 1024;

/** The parts a client names, in its order, with the ETag S3 gives to the whole; the others are unused. */
export function putTogether(uploaded: readonly UploadedPart[], named: readonly NamedPart[]) {
  if (named.length === 0) throw malformedXml();
  const byNumber = new Map(uploaded.map(part => [part.number, part]));
  const parts = named.map(({PartNumber: number, ETag: etag, ...checksums}) => {
    const part = byNumber.get(number);
    const claimed = Object.entries(givenChecksums(checksums));
    if (
      part === undefined ||
      (etag !== undefined && etag.replaceAll('"', '') !== part.md5) ||
      claimed.some(([member, value]) => part.checksums[member] !== value)
    )
      throw new ServiceError(
        'InvalidPart',
        "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
        {members: {PartNumber: number}},
      );
    return part;
  });
  parts.forEach((part, index) => {
    const earlier = parts[index - 1];
    if (earlier === undefined) return;
    if (earlier.number >= part.number)
      throw new ServiceError(
        'InvalidPartOrder',
        'The list of parts was not in ascending order. Parts must be ordered by part number.',
      );
    if (earlier.size < leastPartSize)
      throw new ServiceError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', {
        members: {ProposedSize: earlier.size, MinSizeAllowed: leastPartSize, PartNumber: earlier.number},
      });
  });
  const hash = createHash('md5');
  for (const {md5} of parts) hash.update(Buffer.from(md5, 'hex'));
  const used = new Set(parts.map(({number}) => number));
  return {
    parts,
    etag: `${hash.digest('hex')}-${parts.length}`,
    size: parts.reduce((sum, {size}) => sum + size, 0),
    unused: uploaded.filter(({number}) => !used.has(number)),
  };
}
