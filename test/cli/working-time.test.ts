import {afterEach, expect, test, vi} from 'vitest';
import {workingTime} from '../../src/cli/working-time.ts';

afterEach(() => vi.useRealTimers());

test('waiting for an answer is no working time, whatever the answer', async () => {
  vi.useFakeTimers({toFake: ['Date']});
  const time = workingTime();
  vi.advanceTimersByTime(200);
  const looked = (milliseconds: number, end: () => boolean) =>
    time.without(async () => {
      vi.advanceTimersByTime(milliseconds);
      return end();
    });
  expect(await looked(60_000, () => true)).toBe(true);
  vi.advanceTimersByTime(30);
  await looked(5000, () => {
    throw new Error('left');
  }).catch(() => {});
  expect(time.milliseconds()).toBe(230);
});
