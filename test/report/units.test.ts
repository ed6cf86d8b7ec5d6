import {expect, test} from 'vitest';
import {duration} from '../../src/report/units.ts';

test.each([
  [340, '340 ms'],
  [3200, '3.2 s'],
  [125_000, '2 min 5 s'],
  [5_400_000, '1 h 30 min'],
  [273_600_000, '3 d 4 h'],
])('%d ms are %s', (milliseconds, text) => expect(duration(milliseconds)).toBe(text));
