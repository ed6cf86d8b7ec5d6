import {expect, test} from 'vitest';
import {parseTimeSpan} from '../../src/local/time-span.ts';

test.each([
  ['+45s', 45_000],
  ['15m', 900_000],
  ['+1h30m', 5_400_000],
  ['+2d', 172_800_000],
  ['+1w', 604_800_000],
])('%s is a span', (text, milliseconds) => expect(parseTimeSpan(text)).toBe(milliseconds));

test.each(['-15m', '15', '0m', 'soon', '+1y', '+99999d', ''])('%s is none', text =>
  expect(() => parseTimeSpan(text)).toThrow(),
);
