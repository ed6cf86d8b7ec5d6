import {expect, test} from 'vitest';
import {jsonPieces} from '../../../src/report/findings/json-pieces.ts';

const finding = (index: number) => ({
  rule: 'iam/shared-role',
  message: `role "${index}"\nis shared`,
  evidence: {functions: ['a', 'b'], none: []},
});

test.each([
  ['nothing', {}],
  ['lists that are empty, and members that are absent', {version: 1, findings: [], refused: undefined, notChecked: []}],
  ['a list of texts', {refused: ['one', 'two\n lines']}],
  ['a list of null and lists', {mixed: [null, [], [1, [2]], {}]}],
  [
    'what an audit finds',
    {version: 1, summary: {functions: 2, findings: {high: 2}}, findings: [finding(1), finding(2)]},
  ],
  ['more than fits into a piece', {findings: Array.from({length: 2000}, (_, index) => finding(index)), last: true}],
])('%s is the same text as in one piece', (_, document) => {
  expect([...jsonPieces(document)].join('')).toBe(JSON.stringify(document, null, 2));
});

test('no piece is much larger than another', () => {
  const pieces = [...jsonPieces({findings: Array.from({length: 5000}, (_, index) => finding(index))})];
  expect(pieces.length).toBeGreaterThan(5);
  expect(Math.max(...pieces.map(({length}) => length))).toBeLessThan(70_000);
});
