import {expect, it} from 'vitest';
import {backOff} from '../src/functions/redrive/back-off.ts';

it('waits three times as long each time, up to what SQS can delay', () => {
  expect([0, 1, 2, 3, 4, 5, 9].map(attempts => backOff(attempts, 5, () => 0))).toEqual([5, 15, 45, 135, 405, 900, 900]);
});

it('leaves up to half of the delay to chance', () => {
  expect(backOff(1, 10, () => 0.999)).toBe(16);
});
