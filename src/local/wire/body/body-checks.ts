import {createHash} from 'node:crypto';
import {ServiceError} from '../../service-error.ts';
import {type Checksum, crc32Checksum, crc32cChecksum, crc64nvmeChecksum} from './crc.ts';

/** What a client says its body is; every claim is checked while the body goes by. */
export interface BodyClaims {
  /** Bytes after decoding. */
  readonly length?: number;
  /** Hexadecimal. */
  readonly sha256?: string;
  /** Base64. */
  readonly md5?: string;
  /** `crc32` -> base64, as in `x-amz-checksum-crc32`. */
  readonly checksums: ReadonlyMap<string, string>;
  /** Algorithms whose value comes after the body, in `trailers`. */
  readonly announced: readonly string[];
}

/** Passes the body on, and fails at its end when it is not what was claimed. */
export async function* checkBody(
  body: AsyncIterable<Uint8Array>,
  claims: BodyClaims,
  trailers: ReadonlyMap<string, string>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const sha256 = claims.sha256 === undefined ? undefined : createHash('sha256');
  const md5 = claims.md5 === undefined ? undefined : createHash('md5');
  const checksums = new Map([...claims.checksums.keys(), ...claims.announced].map(name => [name, checksumOf(name)]));
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    sha256?.update(chunk);
    md5?.update(chunk);
    for (const checksum of checksums.values()) checksum.update(chunk);
    yield chunk;
  }
  if (claims.length !== undefined && claims.length !== length)
    throw new ServiceError(
      'IncompleteBody',
      `You did not provide the number of bytes specified by the Content-Length HTTP header: ${length} of ${claims.length}`,
    );
  if (sha256 !== undefined && sha256.digest('hex') !== claims.sha256)
    throw new ServiceError(
      'XAmzContentSHA256Mismatch',
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
    );
  if (md5 !== undefined && md5.digest('base64') !== claims.md5)
    throw new ServiceError('BadDigest', 'The Content-MD5 you specified did not match what we received.');
  for (const [name, checksum] of checksums) {
    const claimed = claims.checksums.get(name) ?? trailers.get(checksumHeader(name));
    if (claimed !== checksum.digest().toString('base64'))
      throw new ServiceError(
        'BadDigest',
        `The ${name.toUpperCase()} you specified did not match the calculated checksum.`,
      );
  }
}

export const checksumPrefix = 'x-amz-checksum-';

function checksumHeader(name: string): string {
  return `${checksumPrefix}${name}`;
}

const algorithms: Readonly<Record<string, () => Checksum>> = {
  crc32: crc32Checksum,
  crc32c: crc32cChecksum,
  crc64nvme: crc64nvmeChecksum,
  sha1: () => hashChecksum('sha1'),
  sha256: () => hashChecksum('sha256'),
};

export function isChecksumAlgorithm(name: string): boolean {
  return Object.hasOwn(algorithms, name);
}

function checksumOf(name: string): Checksum {
  return algorithms[name]!();
}

function hashChecksum(algorithm: string): Checksum {
  const hash = createHash(algorithm);
  return {update: bytes => void hash.update(bytes), digest: () => hash.digest()};
}
