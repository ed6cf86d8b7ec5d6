import {expect} from 'vitest';
import type {Step} from './whole-road.ts';

/** What a command told agrees with what stands, and asking again on a better day does all of it and leaves nothing. */
export function expectTruth({name, told, before, after, again}: Step): void {
  const about = `${name}: ${JSON.stringify({told, before, after, again}, null, 1)}`;
  const failed = 'message' in told;
  if (failed) expect(told, about).toMatchObject({name: 'GearError'});
  if (told.status !== undefined) expect(after.status, about).toBe(told.status);
  if (told.code === 'DEPLOYMENT_FAILED') {
    expect(name, about).toContain('that fails');
    expect(after.status, about).toBe(before.status === undefined ? undefined : 'UPDATE_ROLLBACK_COMPLETE');
  } else if (failed && !/goes on|not known/.test(told.message!)) {
    expect(settled(after), about).toEqual(settled(before));
    if (!told.message!.includes('is left')) expect(leftovers(after), about).toEqual(leftovers(before));
  }
  expect(again!.standing, about).toMatchObject({unborn: 0, changeSets: name === 'a plan' ? expect.any(Number) : 0});
}

/** But for a bucket that was emptied, and code that was swapped, which are told in their own words. */
function settled({status, delays, buckets, roles}: Step['before']) {
  return {status, delays, buckets, roles};
}

function leftovers({unborn, changeSets}: Step['before']) {
  return {unborn, changeSets};
}
