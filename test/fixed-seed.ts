import fc from 'fast-check';

/**
 * A change is red by what it does and not by the day it is tested on. `GEAR_FUZZ_SEED=7 npm test` looks elsewhere, and
 * so does the fuzz test of `npm run test:full`.
 */
const {GEAR_FUZZ_SEED: seed = '1'} = process.env;

fc.configureGlobal({seed: Number(seed)});
