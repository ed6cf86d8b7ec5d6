import type {Blobs, Received} from './blobs.ts';

/** The body of a write: over the wire a stream, or nothing; from inside the cloud bytes or text too. */
export type Body = NodeJS.ReadableStream | Uint8Array | string | undefined;

export function receiveBody(blobs: Blobs, body: Body): Promise<Received> {
  if (body === undefined) return blobs.receive(once([]));
  if (typeof body === 'string' || body instanceof Uint8Array) return blobs.receive(once([body]));
  return blobs.receive(body as AsyncIterable<Uint8Array | string>);
}

async function* once(chunks: readonly (Uint8Array | string)[]): AsyncGenerator<Uint8Array | string> {
  yield* chunks;
}
