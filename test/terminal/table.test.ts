import {expect, test} from 'vitest';
import {table} from '../../src/terminal/table.ts';

test('columns are as wide as their widest cell, colours not counted', () => {
  expect(
    table(
      [
        ['\u001B[1mkey\u001B[22m', 'bytes'],
        ['receipts/1.json', '8'],
      ],
      '  ',
    ),
  ).toBe('  \u001B[1mkey\u001B[22m              bytes\n  receipts/1.json  8');
});
