import {crc32} from 'node:zlib';
import {Malformed} from '../../../lib/failure.ts';
import type {ByteSource} from './byte-source.ts';

export interface Dimensions {
  readonly width: number;
  readonly height: number;
}

/** Every chunk is walked and its checksum compared, up to the end mark. https://www.w3.org/TR/png-3/ */
export async function describePng(source: ByteSource): Promise<Dimensions> {
  const signature = await source.take(8, 'PNG image');
  if (signature.getBigUint64(0) !== 0x89504e470d0a1a0an) throw new Malformed('The PNG image lacks its signature');
  let dimensions: Dimensions | undefined;
  for (;;) {
    const length = (await source.take(4, 'PNG image')).getUint32(0);
    const type = Buffer.from(await source.peek(4)).toString('latin1');
    if (type === 'IHDR') {
      const header = await source.peek(12);
      if (header.length === 12) {
        const view = new DataView(header.buffer, header.byteOffset, 12);
        dimensions = {width: view.getUint32(4), height: view.getUint32(8)};
      }
    }
    let checksum = 0;
    await source.skip(4 + length, 'PNG image', bytes => {
      checksum = crc32(bytes, checksum);
    });
    if ((await source.take(4, 'PNG image')).getUint32(0) !== checksum)
      throw new Malformed(`The PNG image is damaged: the checksum of its ${type} chunk is wrong`);
    if (type !== 'IEND') continue;
    if (dimensions === undefined) throw new Malformed('The PNG image has no header');
    return dimensions;
  }
}

/** Segments are walked to the frame header, then the scans searched for the end mark. ITU T.81, annex B. */
export async function describeJpeg(source: ByteSource): Promise<Dimensions> {
  if ((await source.take(2, 'JPEG image')).getUint16(0) !== 0xffd8)
    throw new Malformed('The JPEG image lacks its signature');
  for (;;) {
    const marker = await nextMarker(source);
    const length = (await source.take(2, 'JPEG image')).getUint16(0);
    // Scans and the end of the image must not come before the frame header.
    if (length < 2 || marker === 0xda || marker === 0xd9)
      throw new Malformed('The JPEG image is damaged: it has no frame header');
    if (!isFrameHeader(marker)) {
      await source.skip(length - 2, 'JPEG image');
      continue;
    }
    const frame = await source.take(5, 'JPEG image');
    const dimensions = {width: frame.getUint16(3), height: frame.getUint16(1)};
    await findEndOfImage(source);
    return dimensions;
  }
}

/** Any number of 0xFF may fill the space before a marker. */
async function nextMarker(source: ByteSource): Promise<number> {
  let byte = (await source.take(1, 'JPEG image')).getUint8(0);
  if (byte !== 0xff) throw new Malformed('The JPEG image is damaged: a segment does not begin with a marker');
  while (byte === 0xff) byte = (await source.take(1, 'JPEG image')).getUint8(0);
  return byte;
}

/** 0xC0 to 0xCF, less the three that are no frames. */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

async function findEndOfImage(source: ByteSource): Promise<void> {
  let previous = 0;
  let found = false;
  for await (const bytes of source.rest())
    for (const byte of bytes) {
      found ||= previous === 0xff && byte === 0xd9;
      previous = byte;
    }
  if (!found) throw new Malformed('The JPEG image is truncated');
}

/** https://www.w3.org/Graphics/GIF/spec-gif89a.txt: the file ends with its trailer. */
export async function describeGif(source: ByteSource): Promise<Dimensions> {
  const head = await source.take(10, 'GIF image');
  if (!ascii(head).startsWith('GIF8')) throw new Malformed('The GIF image lacks its signature');
  let last: number | undefined;
  for await (const bytes of source.rest()) last = bytes.at(-1);
  if (last !== 0x3b) throw new Malformed('The GIF image is truncated');
  return {width: head.getUint16(6, true), height: head.getUint16(8, true)};
}

/** https://developers.google.com/speed/webp/docs/riff_container: the header says how long the file is. */
export async function describeWebp(source: ByteSource): Promise<Dimensions> {
  const head = await source.take(30, 'WebP image');
  if (ascii(head, 0) !== 'RIFF' || ascii(head, 8) !== 'WEBP') throw new Malformed('The WebP image lacks its signature');
  const dimensions = webpDimensions(head);
  await source.skip(Math.max(0, 8 + head.getUint32(4, true) - 30), 'WebP image');
  return dimensions;
}

function webpDimensions(head: DataView): Dimensions {
  switch (ascii(head, 12)) {
    case 'VP8 ':
      return {width: head.getUint16(26, true) & 0x3fff, height: head.getUint16(28, true) & 0x3fff};
    case 'VP8L': {
      const bits = head.getUint32(21, true);
      return {width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1};
    }
    case 'VP8X':
      return {width: threeBytes(head, 24) + 1, height: threeBytes(head, 27) + 1};
    default:
      throw new Malformed('The WebP image is damaged: its first chunk is none of VP8, VP8L and VP8X');
  }
}

function threeBytes(view: DataView, offset: number): number {
  return view.getUint16(offset, true) | (view.getUint8(offset + 2) << 16);
}

function ascii(view: DataView, offset = 0): string {
  return Buffer.from(view.buffer, view.byteOffset + offset, Math.min(4, view.byteLength - offset)).toString('latin1');
}
