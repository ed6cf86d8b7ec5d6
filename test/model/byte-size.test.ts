import {expect, test} from 'vitest';
import {byteSize, comparedSizes} from '../../src/model/byte-size.ts';

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [1023, '1023 bytes'],
  [1024, '1 KB'],
  [201_523, '197 KB'],
  [1_048_000, '1023 KB'],
  [1_048_575, '1.0 MB'],
  [10_400_000, '9.9 MB'],
  [10_480_000, '10 MB'],
  [262_144_000, '250 MB'],
  [1_073_741_823, '1.0 GB'],
])('%d bytes are %s', (count, text) => expect(byteSize(count)).toBe(text));

test.each([
  [5120, 4096, ['5 KB', '4 KB']],
  [4200, 4096, ['4.10 KB', '4.00 KB']],
  [4097, 4096, ['4097 bytes', '4096 bytes']],
  [262_144_000, 262_144_000, ['250 MB', '250 MB']],
])('%d bytes do not look like a limit of %d', (bytes, limit, texts) => {
  expect(comparedSizes(bytes, limit)).toEqual(texts);
});
