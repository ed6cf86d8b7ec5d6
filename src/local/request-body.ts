/** The body of a request, handed on as it comes in. */
export interface RequestBody extends NodeJS.ReadableStream {
  /** Headers that came after the body, such as `x-amz-checksum-crc32`; complete once the stream has ended. */
  readonly trailers: ReadonlyMap<string, string>;
}

/** None for a stream that did not come over the wire. */
export function trailersOf(body: NodeJS.ReadableStream): ReadonlyMap<string, string> {
  return (body as Partial<RequestBody>).trailers ?? new Map();
}
