import {expect, test} from 'vitest';
import type {Fault} from '../flaky-aws/flaky-way.ts';
import {firstInTurn, seededFaults} from '../flaky-aws/seeded-faults.ts';
import {expectTruth} from '../flaky-aws/truthful.ts';
import {wholeRoad} from '../flaky-aws/whole-road.ts';

// More of each: test/matrix/flaky-aws.test.ts.
const lost: Fault = 'answer lost';

test('every call fails once: each command does and says what it does on a good day', async () => {
  const faultless = await wholeRoad({faultOf: () => undefined});
  expect(await wholeRoad({faultOf: ({attempt}) => (attempt === 1 ? lost : undefined)})).toEqual(faultless);
  expect(await wholeRoad({faultOf: firstInTurn(0)})).toEqual(faultless);
});

test.each([1])('calls fail for good, seed %i: what is told is so, and the next one ends it', async seed => {
  const steps = await wholeRoad({faultOf: seededFaults(seed, 0.3), attempts: 2, again: true});
  for (const step of steps) expectTruth(step);
});
