import {expect, test} from 'vitest';
import {type Reading, readingLine} from '../../src/report/reading.ts';

const place = '111122223333/eu-central-1';

test.each<[string, Partial<Reading>, string]>([
  ['while functions are listed', {listed: 1250}, '1,250 functions listed'],
  ['before any is asked', {listed: 5000, complete: true}, '5,000 functions listed'],
  [
    'at first without a guess',
    {listed: 5000, complete: true, asked: 20, askedSince: 8_000},
    '20 of 5,000 functions read',
  ],
  [
    'by the pace until now',
    {listed: 5000, complete: true, asked: 100, askedSince: 0},
    '100 of 5,000 functions read, about 8 min left',
  ],
  ['in seconds', {listed: 500, complete: true, asked: 400, askedSince: 0}, '400 of 500 functions read, about 3 s left'],
  [
    'at the end',
    {listed: 500, complete: true, asked: 500, askedSince: 0},
    '500 functions read, and now what they are tied to',
  ],
])('says how far an account has been read %s', (_, reading, expected) => {
  expect(readingLine({place, listed: 0, complete: false, asked: 0, ...reading}, 10_000)).toBe(`${place}: ${expected}`);
});
