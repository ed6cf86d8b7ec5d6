import {expect, test} from 'vitest';
import {bytes, duration} from '../../src/report/units.ts';

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1 kB'],
  [412_345, '412 kB'],
  [999_499, '999 kB'],
  [999_500, '1.0 MB'],
  [52_428_800, '52.4 MB'],
  [999_950_000, '1.0 GB'],
])('%d bytes are %s', (count, text) => expect(bytes(count)).toBe(text));

test.each([
  [340, '340 ms'],
  [3200, '3.2 s'],
  [125_000, '2 min 5 s'],
  [5_400_000, '1 h 30 min'],
  [273_600_000, '3 d 4 h'],
])('%d ms are %s', (milliseconds, text) => expect(duration(milliseconds)).toBe(text));
