import {createHmac, createSecretKey, hash, type KeyObject, timingSafeEqual} from 'node:crypto';
import type {Signature} from './read-signature.ts';
import {header, type WireRequest} from './request.ts';

/**
 * Whether the request was signed with this secret. `payloadHash` is what the client says about the body: a SHA-256
 * or one of the words of S3. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function isSignedWith(secret: string, request: WireRequest, signature: Signature, payloadHash: string): boolean {
  const expected = createHmac('sha256', signingKey(secret, signature))
    .update(stringToSign(signature, hash('sha256', canonicalRequest(request, signature, payloadHash))))
    .digest();
  return sameBytes(expected, Buffer.from(signature.signature, 'hex'));
}

export function sameText(a: string, b: string): boolean {
  return sameBytes(hash('sha256', a, 'buffer'), hash('sha256', b, 'buffer'));
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

const keys = signingKeyCache(200);

/** The key of one secret for one day, region and service. */
export function signingKey(
  secret: string,
  {date, region, service}: Pick<Signature, 'date' | 'region' | 'service'>,
): KeyObject {
  return keys(secret, date, region, service);
}

export function scopeOf({date, region, service}: Pick<Signature, 'date' | 'region' | 'service'>): string {
  return `${date}/${region}/${service}/aws4_request`;
}

function stringToSign(signature: Signature, canonicalHash: string): string {
  return `AWS4-HMAC-SHA256\n${signature.time}\n${scopeOf(signature)}\n${canonicalHash}`;
}

function canonicalRequest(request: WireRequest, signature: Signature, payloadHash: string): string {
  const headers = signature.signedHeaders
    .map(name => `${name}:${(header(request, name) ?? '').trim().replaceAll(/\s+/g, ' ')}\n`)
    .join('');
  return [
    request.method,
    canonicalPath(request.path, signature.service),
    canonicalQuery(request),
    headers,
    signature.signedHeaders.join(';'),
    payloadHash,
  ].join('\n');
}

/** S3 signs the path as it is sent, every other service encodes what is sent once more. */
function canonicalPath(path: string, service: string): string {
  if (path === '/') return path;
  if (service === 's3') return path.replaceAll(/[^A-Za-z0-9\-._~/%]/g, strictEncode);
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  const normal = `/${segments.join('/')}${path.endsWith('/') && segments.length > 0 ? '/' : ''}`;
  return strictEncode(normal).replaceAll('%2F', '/');
}

function canonicalQuery(request: WireRequest): string {
  if (request.query.length === 0) return '';
  return request.query
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]): [string, string] => [strictEncode(name), strictEncode(value)])
    .sort(([a, av], [b, bv]) => (a < b ? -1 : a > b ? 1 : av < bv ? -1 : av > bv ? 1 : 0))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** RFC 3986: also what encodeURIComponent leaves alone. */
function strictEncode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function signingKeyCache(limit: number) {
  const cache = new Map<string, KeyObject>();
  return (secret: string, ...scope: readonly [date: string, region: string, service: string]): KeyObject => {
    const name = `${secret}/${scope.join('/')}`;
    const known = cache.get(name);
    if (known !== undefined) return known;
    if (cache.size >= limit) cache.clear();
    let bytes = Buffer.from(`AWS4${secret}`);
    for (const part of [...scope, 'aws4_request']) bytes = createHmac('sha256', bytes).update(part).digest();
    const key = createSecretKey(bytes);
    cache.set(name, key);
    return key;
  };
}
