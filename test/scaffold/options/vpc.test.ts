import {expect, test} from 'vitest';
import {checkOptions} from '../../../src/scaffold/options/apply-options.ts';

test.each(['', '  ', 'security', '- -', 'two\nlines here'])('--vpc %j is no reason', reason => {
  expect(() => checkOptions({vpc: reason})).toThrow('--vpc takes the reason why the functions are in a VPC');
});

test('a few words are a reason', () => {
  expect(() => checkOptions({vpc: 'reaches the orders database'})).not.toThrow();
});
