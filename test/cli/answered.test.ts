import {expect, test} from 'vitest';
import {answered} from '../../src/cli/answered.ts';

test('^C at a question ends with 130 and says what was not done', async () => {
  const left = Promise.reject(Object.assign(new Error('closed'), {name: 'ExitPromptError'}));
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
