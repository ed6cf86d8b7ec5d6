import {expect, test} from 'vitest';
import {removeAfterwards} from '../../src/cli/remove-afterwards.ts';

test('a failure or ^C after a deletion is told beside it', async () => {
  const removed = {bucket: 'b', service: 'orders', removed: 1, bytes: 1, kept: 0, keptFor: [], young: 0};
  expect(await removeAfterwards(async () => removed)).toEqual({packages: removed});
  const denied = new Error('not authorized');
  expect(await removeAfterwards(() => Promise.reject(denied))).toEqual({failure: denied});
  const interrupted = await removeAfterwards(async signal => {
    process.emit('SIGINT');
    signal.throwIfAborted();
    return removed;
  });
  expect(interrupted.failure).toMatchObject({code: 'INTERRUPTED', exit: 130});
});
