import {expect, test} from 'vitest';
import {asText} from '../../src/model/as-text.ts';

test.each<[unknown, string]>([
  ['orders', 'orders'],
  [5, '5'],
  [true, 'true'],
  [null, 'null'],
  [undefined, 'undefined'],
  [['a', ['b', 1]], 'a,b,1'],
  [{toString: 1, valueOf: 1}, '{"toString":1,"valueOf":1}'],
  [[{toString: 1}], '{"toString":1}'],
])('%j reads as %j', (value, text) => {
  expect(asText(value)).toBe(text);
});
