import {parameter, type WireRequest} from '../request.ts';
import {checksumPrefix, isChecksumAlgorithm} from './body-checks.ts';

/** The algorithm when a header such as `x-amz-checksum-crc32` speaks of this request's body. */
export function bodyChecksum(request: WireRequest, name: string): string | undefined {
  if (!name.startsWith(checksumPrefix)) return undefined;
  // Where an upload is completed it speaks of the whole object instead.
  if (request.method === 'POST' && parameter(request, 'uploadId') !== undefined) return undefined;
  const algorithm = name.slice(checksumPrefix.length);
  return isChecksumAlgorithm(algorithm) ? algorithm : undefined;
}
