import {hash} from 'node:crypto';
import type {IncomingMessage} from 'node:http';
import {describe, expect, it} from 'vitest';
import {decodeAwsChunked} from '../../../src/local/wire/body/aws-chunked.ts';
import {readSignature, type Signature} from '../../../src/local/wire/read-signature.ts';
import {readTarget, type WireRequest} from '../../../src/local/wire/request.ts';
import {isSignedWith, scopeOf, signingKey} from '../../../src/local/wire/sigv4.ts';

// The examples of https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html and its neighbours.
const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const empty = hash('sha256', '');
const s3Scope = 'AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request';
const s3Headers = {'x-amz-date': '20130524T000000Z', 'x-amz-content-sha256': empty};
const host = 'examplebucket.s3.amazonaws.com';

interface Example {
  readonly name: string;
  readonly secret?: string;
  readonly scope?: string;
  readonly method?: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signature: string;
  readonly payloadHash?: string;
}

const examples: readonly Example[] = [
  {
    name: 'S3: an object by range',
    url: '/test.txt',
    headers: {...s3Headers, host, range: 'bytes=0-9'},
    signature: 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  },
  {
    name: 'S3: a key with an encoded character',
    method: 'PUT',
    url: '/test%24file.text',
    headers: {
      ...s3Headers,
      host,
      date: 'Fri, 24 May 2013 00:00:00 GMT',
      'x-amz-storage-class': 'REDUCED_REDUNDANCY',
      'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
    },
    payloadHash: '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
    signature: '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
  },
  {
    name: 'S3: a sub-resource without a value',
    url: '/?lifecycle',
    headers: {...s3Headers, host},
    signature: 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
  },
  {
    name: 'S3: query parameters',
    url: '/?max-keys=2&prefix=J',
    headers: {...s3Headers, host},
    signature: '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
  },
  {
    name: 'another service',
    secret: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
    scope: 'AKIDEXAMPLE/20150830/us-east-1/service/aws4_request',
    url: '/',
    headers: {host: 'example.amazonaws.com', 'x-amz-date': '20150830T123600Z'},
    signature: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
  },
];

function requestOf({method = 'GET', url, headers}: Pick<Example, 'method' | 'url' | 'headers'>): WireRequest {
  return {id: 'id', method, ...readTarget(url), headers, message: undefined as unknown as IncomingMessage};
}

function signed({scope = s3Scope, headers, signature, ...rest}: Example): [WireRequest, Signature] {
  const names = Object.keys(headers).sort().join(';');
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope},SignedHeaders=${names},Signature=${signature}`;
  const request = requestOf({...rest, headers: {...headers, authorization}});
  return [request, readSignature(request) as Signature];
}

describe('a signature', () => {
  it.each(examples)('is that of AWS for $name', example => {
    const [request, signature] = signed(example);
    const {payloadHash = empty} = example;
    expect(isSignedWith(example.secret ?? secret, request, signature, payloadHash)).toBe(true);
    expect(isSignedWith('another secret', request, signature, payloadHash)).toBe(false);
    expect(isSignedWith(example.secret ?? secret, request, signature, hash('sha256', 'other'))).toBe(false);
    expect(isSignedWith(example.secret ?? secret, {...request, method: 'DELETE'}, signature, payloadHash)).toBe(false);
  });

  it('is read from a presigned URL', () => {
    const url = `/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${encodeURIComponent(s3Scope)}&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404`;
    const request = requestOf({url, headers: {host}});
    const signature = readSignature(request) as Signature;
    expect(signature).toMatchObject({expires: 86_400, presigned: true, service: 's3'});
    expect(isSignedWith(secret, request, signature, 'UNSIGNED-PAYLOAD')).toBe(true);
    expect(isSignedWith(secret, {...request, path: '/other.txt'}, signature, 'UNSIGNED-PAYLOAD')).toBe(false);
  });

  it.each([
    ['no signature', {}, undefined],
    ['version 2', {authorization: 'AWS AKIA:abc'}, 'version 2'],
    ['no scope', {authorization: 'AWS4-HMAC-SHA256 Credential=AKIA, SignedHeaders=host, Signature=ab'}, 'malformed'],
    ['a foreign scheme', {authorization: 'Bearer abc'}, 'malformed'],
  ])('of a request with %s is told apart', (_, headers, expected) => {
    expect(readSignature(requestOf({url: '/', headers: {...headers, 'x-amz-date': '20130524T000000Z'}}))).toBe(
      expected,
    );
  });
});

describe('a body in signed chunks', () => {
  const signature = {date: '20130524', region: 'us-east-1', service: 's3'};
  const signing = {
    key: signingKey(secret, signature),
    scope: scopeOf(signature),
    time: '20130524T000000Z',
    seed: '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
  };
  const chunks = [
    `10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\r\n${'a'.repeat(65_536)}\r\n`,
    `400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\r\n${'a'.repeat(1024)}\r\n`,
    '0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9\r\n\r\n',
  ];

  async function decode(text: string, pieceSize: number): Promise<number> {
    async function* pieces() {
      for (let at = 0; at < text.length; at += pieceSize) yield Buffer.from(text.slice(at, at + pieceSize));
    }
    let length = 0;
    for await (const chunk of decodeAwsChunked(pieces(), new Map(), signing)) length += chunk.length;
    return length;
  }

  it.each([7, 1000, 1_000_000])('is that of AWS, in pieces of %i bytes', async pieceSize => {
    expect(await decode(chunks.join(''), pieceSize)).toBe(66_560);
  });

  it.each([
    ['a changed chunk', chunks.join('').replace('aaa', 'aab'), 'SignatureDoesNotMatch'],
    ['a chunk left out', chunks[0]! + chunks[2]!, 'SignatureDoesNotMatch'],
    ['the end left out', chunks[0]! + chunks[1]!, 'IncompleteBody'],
    ['no chunks at all', 'hello', 'IncompleteBody'],
  ])('is refused with %s', async (_, text, code) => {
    await expect(decode(text, 1000)).rejects.toMatchObject({code});
  });
});
