import {Readable} from 'node:stream';
import type {RequestBody} from '../../request-body.ts';
import {ServiceError} from '../../service-error.ts';
import type {Signature} from '../read-signature.ts';
import {header, type WireRequest} from '../request.ts';
import {scopeOf, signingKey} from '../sigv4.ts';
import {type ChunkSigning, decodeAwsChunked} from './aws-chunked.ts';
import {type BodyClaims, checkBody, checksumPrefix, isChecksumAlgorithm} from './body-checks.ts';
import {bodyChecksum} from './checksum-header.ts';

/** What the client signed as the hash of its body, for services that take bodies as streams. */
export function claimedPayloadHash(request: WireRequest, signature: Signature): string {
  const claimed = header(request, 'x-amz-content-sha256');
  if (claimed !== undefined) return claimed;
  if (signature.presigned) return unsigned;
  throw new ServiceError('InvalidRequest', 'Missing required header for this request: x-amz-content-sha256');
}

const unsigned = 'UNSIGNED-PAYLOAD';

/** The body as the client meant it: unwrapped from its chunks, and checked against everything claimed about it. */
export function openBody(request: WireRequest, signature: Signature, secret: string): RequestBody {
  const payloadHash = claimedPayloadHash(request, signature);
  const trailers = new Map<string, string>();
  const chunked = payloadHash.startsWith('STREAMING-');
  const raw = untilAbort(request);
  const bytes = chunked ? decodeAwsChunked(raw, trailers, chunkSigning(payloadHash, signature, secret)) : raw;
  const stream = Readable.from(checkBody(bytes, claimsOf(request, payloadHash, chunked), trailers), {
    objectMode: false,
  });
  return Object.assign(stream, {trailers});
}

/** A client that goes away in the middle of its body has not sent the object. */
async function* untilAbort({message}: WireRequest): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    // An error half-way must leave the connection open for the answer.
    for await (const chunk of message.iterator({destroyOnReturn: false})) yield chunk;
  } catch (cause) {
    throw Object.assign(new ServiceError('IncompleteBody', 'The request body terminated unexpectedly'), {cause});
  }
}

function chunkSigning(payloadHash: string, signature: Signature, secret: string): ChunkSigning | undefined {
  if (payloadHash === 'STREAMING-UNSIGNED-PAYLOAD-TRAILER') return undefined;
  if (!/^STREAMING-AWS4-HMAC-SHA256-PAYLOAD(-TRAILER)?$/.test(payloadHash))
    throw new ServiceError('InvalidRequest', `The value of x-amz-content-sha256 header is invalid: ${payloadHash}`);
  return {
    key: signingKey(secret, signature),
    time: signature.time,
    scope: scopeOf(signature),
    seed: signature.signature,
  };
}

function claimsOf(request: WireRequest, payloadHash: string, chunked: boolean): BodyClaims {
  const length = header(request, chunked ? 'x-amz-decoded-content-length' : 'content-length');
  const md5 = header(request, 'content-md5');
  if (!chunked && payloadHash !== unsigned && !/^[0-9a-f]{64}$/.test(payloadHash))
    throw new ServiceError('InvalidRequest', `The value of x-amz-content-sha256 header is invalid: ${payloadHash}`);
  return {
    ...(length === undefined ? {} : {length: Number(length)}),
    ...(chunked || payloadHash === unsigned ? {} : {sha256: payloadHash}),
    ...(md5 === undefined ? {} : {md5}),
    checksums: claimedChecksums(request),
    announced: announcedChecksums(header(request, 'x-amz-trailer')),
  };
}

function claimedChecksums(request: WireRequest): Map<string, string> {
  const checksums = new Map<string, string>();
  for (const name of Object.keys(request.headers)) {
    const algorithm = bodyChecksum(request, name);
    if (algorithm !== undefined) checksums.set(algorithm, header(request, name)!);
  }
  return checksums;
}

function announcedChecksums(trailer: string | undefined): string[] {
  return (trailer ?? '')
    .split(',')
    .map(name => name.trim().toLowerCase())
    .filter(name => name !== '')
    .map(name => {
      const algorithm = name.slice(checksumPrefix.length);
      if (!name.startsWith(checksumPrefix) || !isChecksumAlgorithm(algorithm))
        throw new ServiceError(
          'InvalidRequest',
          `The value specified in the x-amz-trailer header is not supported: ${name}`,
        );
      return algorithm;
    });
}
