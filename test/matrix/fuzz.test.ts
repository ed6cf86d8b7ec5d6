import {expect, test} from 'vitest';
import {fuzz} from '../fuzz/fuzz.ts';
import {roads} from '../fuzz/roads.ts';

/**
 * The seed stays the same, so that a change is red by what it does and not by the day it is tested on.
 * `GEAR_FUZZ_RUNS=20000 GEAR_FUZZ_SEED=7 npm run test:full -- fuzz` looks further.
 */
const {GEAR_FUZZ_RUNS: runs = '100', GEAR_FUZZ_SEED: seed = '1'} = process.env;

test.each(roads)(
  '$name may be damaged in any way, and gear reads or refuses them',
  {timeout: 3_600_000},
  async road => {
    const bugs = await fuzz(road, {runs: Number(runs), seed: Number(seed), milliseconds: 20_000});
    expect(bugs, `GEAR_FUZZ_SEED=${seed}`).toEqual([]);
  },
);
