import {createHmac, hash, type KeyObject} from 'node:crypto';
import {ServiceError} from '../../service-error.ts';

/** How the chunks of a body are signed; each signature goes into the next one. */
export interface ChunkSigning {
  readonly key: KeyObject;
  readonly time: string;
  readonly scope: string;
  /** The signature of the request itself. */
  readonly seed: string;
}

/**
 * The bytes inside an `aws-chunked` body. Trailing headers are put into `trailers` before the end is told.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 */
export async function* decodeAwsChunked(
  body: AsyncIterable<Uint8Array>,
  trailers: Map<string, string>,
  signing?: ChunkSigning,
): AsyncGenerator<Uint8Array, void, undefined> {
  const source = byteReader(body);
  let previous = signing?.seed ?? '';
  for (;;) {
    const line = await source.line();
    const [sizeText, extension] = line.split(';');
    if (!/^[0-9a-f]+$/i.test(sizeText ?? '')) throw incomplete();
    const size = Number.parseInt(sizeText!, 16);
    if (size > maximumChunk) throw incomplete();
    const chunk = await source.take(size);
    if (signing !== undefined) {
      const signature = signChunk(signing, previous, chunk);
      if (extension !== `chunk-signature=${signature}`) throw wrongSignature();
      previous = signature;
    }
    if (size === 0) break;
    if ((await source.line()) !== '') throw incomplete();
    yield chunk;
  }
  await readTrailers(source, trailers, signing, previous);
}

/** A chunk is held in memory until its signature is checked. */
const maximumChunk = 64 * 1024 * 1024;

async function readTrailers(
  source: ByteReader,
  trailers: Map<string, string>,
  signing: ChunkSigning | undefined,
  previous: string,
): Promise<void> {
  const lines: string[] = [];
  for (let line = await source.line(true); line !== ''; line = await source.line(true)) lines.push(line);
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 1) throw incomplete();
    trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  const signature = trailers.get('x-amz-trailer-signature');
  trailers.delete('x-amz-trailer-signature');
  if (signing === undefined || trailers.size === 0) return;
  const canonical = [...trailers].map(([name, value]) => `${name}:${value}\n`).join('');
  const text = `AWS4-HMAC-SHA256-TRAILER\n${signing.time}\n${signing.scope}\n${previous}\n${hash('sha256', canonical)}`;
  if (signature !== createHmac('sha256', signing.key).update(text).digest('hex')) throw wrongSignature();
}

const emptyHash = hash('sha256', '');

function signChunk({key, time, scope}: ChunkSigning, previous: string, chunk: Uint8Array): string {
  const text = `AWS4-HMAC-SHA256-PAYLOAD\n${time}\n${scope}\n${previous}\n${emptyHash}\n${hash('sha256', chunk)}`;
  return createHmac('sha256', key).update(text).digest('hex');
}

function incomplete(): ServiceError {
  return new ServiceError('IncompleteBody', 'The request body terminated unexpectedly');
}

function wrongSignature(): ServiceError {
  return new ServiceError(
    'SignatureDoesNotMatch',
    'The signature of a chunk of the body does not match. Check your key and signing method.',
    {status: 403},
  );
}

interface ByteReader {
  /** Up to the next line end; at the end of the body `''` where that is allowed. */
  line(endAllowed?: boolean): Promise<string>;
  take(size: number): Promise<Uint8Array>;
}

function byteReader(body: AsyncIterable<Uint8Array>): ByteReader {
  const iterator = body[Symbol.asyncIterator]();
  let buffered: Uint8Array = Buffer.alloc(0);
  const more = async (): Promise<boolean> => {
    const {done, value} = await iterator.next();
    if (done === true) return false;
    buffered = buffered.length === 0 ? value : Buffer.concat([buffered, value]);
    return true;
  };
  return {
    async line(endAllowed = false) {
      let end = indexOfLineEnd(buffered);
      while (end < 0) {
        // No line of this format is long: what has no end by now is something else.
        if (buffered.length > 16_384) throw incomplete();
        if (!(await more())) {
          if (endAllowed && buffered.length === 0) return '';
          throw incomplete();
        }
        end = indexOfLineEnd(buffered);
      }
      const text = Buffer.from(buffered.subarray(0, end)).toString('latin1');
      buffered = buffered.subarray(end + 2);
      return text;
    },
    async take(size) {
      const parts: Uint8Array[] = [];
      let missing = size;
      for (;;) {
        const part = buffered.subarray(0, missing);
        parts.push(part);
        missing -= part.length;
        buffered = buffered.subarray(part.length);
        if (missing === 0) return parts.length === 1 ? part : Buffer.concat(parts);
        if (!(await more())) throw incomplete();
      }
    },
  };
}

function indexOfLineEnd(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(13); at >= 0; at = bytes.indexOf(13, at + 1)) if (bytes[at + 1] === 10) return at;
  return -1;
}
