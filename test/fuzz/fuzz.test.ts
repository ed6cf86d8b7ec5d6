import {expect, test} from 'vitest';
import {auditRoads} from './audit-roads.ts';
import {fuzz} from './fuzz.ts';
import {otherRoads} from './other-roads.ts';

/** A taste of what test/matrix/fuzz.test.ts does at length. */
test.each([...auditRoads, ...otherRoads])('damaged $name are read or refused, and crash nothing', async road => {
  const bugs = await fuzz(road, {runs: 25, seed: 1, milliseconds: 20_000});
  expect(bugs).toEqual([]);
});
