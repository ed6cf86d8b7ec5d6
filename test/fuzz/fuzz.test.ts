import {expect, test} from 'vitest';
import {fuzz} from './fuzz.ts';
import {roads} from './roads.ts';

/** A taste of what test/matrix/fuzz.test.ts does at length. */
test.each(roads)('damaged $name are read or refused, and crash nothing', async road => {
  const bugs = await fuzz(road, {runs: 12, seed: 1, milliseconds: 20_000});
  expect(bugs).toEqual([]);
});
