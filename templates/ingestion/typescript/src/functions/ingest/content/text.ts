import {Malformed} from '../../../lib/failure.ts';
import type {ByteSource} from './byte-source.ts';

/** Text by pieces, for readers that must understand it: what is not UTF-8 is malformed. */
export async function* decodeText(source: ByteSource, of: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', {fatal: true});
  try {
    for await (const bytes of source.rest()) yield decoder.decode(bytes, {stream: true});
    yield decoder.decode();
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      throw new Malformed(`The ${of} is not valid UTF-8`);
    throw error;
  }
}

/** Any 8-bit text will do: only line ends are looked at. A last line needs no line end. */
export async function describeText(source: ByteSource): Promise<{readonly lines: number}> {
  let lines = 0;
  let last = newline;
  for await (const bytes of source.rest()) {
    for (const byte of bytes) if (byte === newline) lines++;
    last = bytes.at(-1) ?? last;
  }
  return {lines: last === newline ? lines : lines + 1};
}

const newline = 0x0a;
