import {expect, test} from 'vitest';
import {fitted} from '../../src/cli/fitted.ts';

const first = 'Deploying orders to account 000000000000, region us-east-1, endpoint http://127.0.0.1:4566';
const tried = '  Try: gear deploy --profile dev --stage prod --approve-plan 3f5a';
const terminal = (columns: number) => ({isTTY: true, columns});

test.each([
  [200, [first]],
  [100, [first]],
  [80, ['Deploying orders to account 000000000000, region us-east-1, endpoint', '  http://127.0.0.1:4566']],
  [40, ['Deploying orders to account', '  000000000000, region us-east-1,', '  endpoint http://127.0.0.1:4566']],
  [
    20,
    [
      'Deploying orders to',
      '  account',
      '  000000000000,',
      '  region us-east-1,',
      '  endpoint',
      '  http://127.0.0.1:4566',
    ],
  ],
])('in %d columns a line is broken between words', (columns, lines) => {
  expect(fitted(first, terminal(columns)).split('\n')).toEqual(lines);
});

test('a command can be copied, and a pipe gets lines as they are', () => {
  expect(fitted(`Not approved\n${tried}`, terminal(40))).toBe(`Not approved\n${tried}`);
  expect(fitted(first, {isTTY: false, columns: 40})).toBe(first);
  expect(fitted(first, terminal(0))).toBe(first);
});

test('colour takes no room', () => {
  const red = (text: string) => `\u001B[31m${text}\u001B[39m`;
  expect(fitted(`  ${red('[not undone]')} ${red('UPDATE_FAILED')}  Queue`, terminal(35))).not.toContain('\n');
  expect(fitted('  two columns further in', terminal(20))).toBe('  two columns\n    further in');
});
