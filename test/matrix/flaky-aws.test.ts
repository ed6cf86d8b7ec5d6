import {expect, test} from 'vitest';
import {faults} from '../flaky-aws/flaky-way.ts';
import {firstInTurn, seededFaults} from '../flaky-aws/seeded-faults.ts';
import {expectTruth} from '../flaky-aws/truthful.ts';
import {wholeRoad} from '../flaky-aws/whole-road.ts';

const seeds = Number(process.env.GEAR_FLAKY_SEEDS ?? 3);
const oneTo = (last: number) => Array.from({length: last}, (_, index) => index + 1);

test('every call fails once, in each of the ways: each command does and says what it does on a good day', async () => {
  const faultless = await wholeRoad({faultOf: () => undefined});
  for (const fault of faults)
    expect(await wholeRoad({faultOf: ({attempt}) => (attempt === 1 ? fault : undefined)}), fault).toEqual(faultless);
  for (const offset of oneTo(2)) expect(await wholeRoad({faultOf: firstInTurn(offset)})).toEqual(faultless);
});

test.each(oneTo(seeds))('calls fail for good, seed %i: what is told is so, and the next one ends it', async seed => {
  // The seeds differ in how bad it is, too.
  const faultOf = seededFaults(seed + 1000, 0.1 + 0.1 * (seed % 5));
  for (const step of await wholeRoad({faultOf, attempts: 2, again: true})) expectTruth(step);
});
