import {expect, test} from 'vitest';
import {answered} from '../../src/cli/answered.ts';

test.each([
  ['^C', {name: 'ExitPromptError'}],
  ['a signal', {name: 'AbortPromptError'}],
  ['a terminal that is closed', {code: 'EIO', syscall: 'setRawMode'}],
])('%s at a question ends with 130 and says what was not done', async (_, error) => {
  const left = Promise.reject(Object.assign(new Error('closed'), error));
  await expect(answered(left, 'Nothing was deleted.')).rejects.toMatchObject({
    code: 'INTERRUPTED',
    exit: 130,
    message: 'Interrupted. Nothing was deleted.',
  });
});

test('an answer and any other error stay what they are', async () => {
  expect(await answered(Promise.resolve('orders'), '')).toBe('orders');
  await expect(answered(Promise.reject(new RangeError('no')), '')).rejects.toThrow(RangeError);
});
