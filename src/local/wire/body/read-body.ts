import {ServiceError} from '../../service-error.ts';

/** A whole body in memory, up to `limit` bytes. */
export async function readBody(body: AsyncIterable<Uint8Array | string>, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    const bytes =
      typeof chunk === 'string' ? Buffer.from(chunk) : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    length += bytes.length;
    if (length > limit)
      throw new ServiceError('RequestEntityTooLargeException', `Request must be smaller than ${limit} bytes`, {
        status: 413,
      });
    chunks.push(bytes);
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
}
