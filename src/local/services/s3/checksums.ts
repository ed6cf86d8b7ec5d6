import {createHash} from 'node:crypto';
import {crc32} from 'node:zlib';
import {trailersOf} from '../../request-body.ts';
import {notImplemented, ServiceError} from '../../service-error.ts';
import {string} from '../../shape.ts';
import type {Checksums} from './object.ts';

const algorithms = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const;

/** Checksum members of an input; what they say has been checked against the body on its way in. */
export const checksumMembers = {
  ChecksumCRC32: string,
  ChecksumCRC32C: string,
  ChecksumCRC64NVME: string,
  ChecksumSHA1: string,
  ChecksumSHA256: string,
};

export type ChecksumInput = Readonly<Partial<Record<keyof typeof checksumMembers, string | undefined>>>;

/** Their headers, in requests and in answers. */
export const checksumHeaders = Object.fromEntries(
  algorithms.map(algorithm => [`Checksum${algorithm}`, headerOf(algorithm)]),
);

/** What the client gave, in a header or behind the body. */
export function givenChecksums(input: ChecksumInput, body?: NodeJS.ReadableStream): Checksums {
  const trailers = body === undefined ? new Map<string, string>() : trailersOf(body);
  const checksums: Record<string, string> = {};
  for (const algorithm of algorithms) {
    const value = input[`Checksum${algorithm}`] ?? trailers.get(headerOf(algorithm));
    if (value !== undefined) checksums[`Checksum${algorithm}`] = value;
  }
  return checksums;
}

/** The checksum of the parts' checksums, with the number of parts behind it. */
export function compositeChecksum(algorithm: string, parts: readonly Checksums[]): Checksums {
  const member = `Checksum${algorithm}`;
  const values = parts.map(checksums => checksums[member]);
  if (values.includes(undefined)) return {};
  const bytes = Buffer.concat(values.map(value => Buffer.from(value ?? '', 'base64')));
  return {[member]: `${digest(algorithm, bytes).toString('base64')}-${parts.length}`};
}

/** Refuses what a client says of an object in parts, and is not what its parts make of it. */
export function checkClaimedChecksums(claimed: ChecksumInput, actual: Checksums): void {
  for (const [member, value] of Object.entries(givenChecksums(claimed))) {
    const algorithm = member.slice('Checksum'.length);
    if (actual[member] === undefined)
      throw new ServiceError('InvalidRequest', `The upload was created using another checksum than ${algorithm}.`);
    // A client may leave the number of parts off.
    if (value !== actual[member] && value !== actual[member].replace(/-\d+$/, ''))
      throw new ServiceError('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`);
  }
}

/** Parts can be put together by what a checksum of checksums knows; a checksum over the whole would need the bytes. */
export function checkUploadAlgorithm(algorithm: string | undefined, type: string | undefined): void {
  if (type === 'FULL_OBJECT' || algorithm === 'CRC64NVME')
    throw notImplemented('a multipart upload with a checksum of the full object: use COMPOSITE');
  if (algorithm !== undefined && !['CRC32', 'SHA1', 'SHA256'].includes(algorithm))
    throw notImplemented(`a multipart upload with the checksum ${algorithm}: use CRC32 or SHA256`);
}

function digest(algorithm: string, bytes: Buffer): Buffer {
  if (algorithm !== 'CRC32') return createHash(algorithm.toLowerCase()).update(bytes).digest();
  const value = Buffer.alloc(4);
  value.writeUInt32BE(crc32(bytes));
  return value;
}

function headerOf(algorithm: string): string {
  return `x-amz-checksum-${algorithm.toLowerCase()}`;
}
