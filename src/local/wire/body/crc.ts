import {crc32} from 'node:zlib';

/** A checksum that takes a body piece by piece. */
export interface Checksum {
  update(bytes: Uint8Array): void;
  digest(): Buffer;
}

export function crc32Checksum(): Checksum {
  let value = 0;
  return {
    update(bytes) {
      value = crc32(bytes, value);
    },
    digest: () => bigEndian(value),
  };
}

/** Castagnoli's polynomial, reflected. */
export function crc32cChecksum(): Checksum {
  castagnoli ??= table32(0x82f63b78);
  const table = castagnoli;
  let value = -1;
  return {
    update(bytes) {
      for (let at = 0; at < bytes.length; at++) value = table[(value ^ bytes[at]!) & 0xff]! ^ (value >>> 8);
    },
    digest: () => bigEndian(~value >>> 0),
  };
}

/** CRC-64/NVME, reflected, kept in two halves: BigInt would be fifty times slower. */
export function crc64nvmeChecksum(): Checksum {
  nvme ??= table64(0x9a6c9329, 0xac4bc9b5);
  const {high, low} = nvme;
  let h = -1;
  let l = -1;
  return {
    update(bytes) {
      for (let at = 0; at < bytes.length; at++) {
        const index = (l ^ bytes[at]!) & 0xff;
        l = ((l >>> 8) | (h << 24)) ^ low[index]!;
        h = (h >>> 8) ^ high[index]!;
      }
    },
    digest: () => Buffer.concat([bigEndian(~h >>> 0), bigEndian(~l >>> 0)]),
  };
}

// Tables are made when first needed and then kept: they depend on nothing.
let castagnoli: Int32Array | undefined;
let nvme: {readonly high: Int32Array; readonly low: Int32Array} | undefined;

function bigEndian(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function table32(polynomial: number): Int32Array {
  return Int32Array.from({length: 256}, (_, index) => {
    let value = index;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1;
    return value;
  });
}

function table64(polynomialHigh: number, polynomialLow: number) {
  const [high, low] = [new Int32Array(256), new Int32Array(256)];
  for (let index = 0; index < 256; index++) {
    let [h, l] = [0, index];
    for (let bit = 0; bit < 8; bit++) {
      const odd = (l & 1) === 1;
      l = (l >>> 1) | (h << 31);
      h >>>= 1;
      if (odd) [h, l] = [h ^ polynomialHigh, l ^ polynomialLow];
    }
    [high[index], low[index]] = [h, l];
  }
  return {high, low};
}
