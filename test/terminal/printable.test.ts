import {Chalk} from 'chalk';
import {expect, test} from 'vitest';
import {printable} from '../../src/terminal/printable.ts';

test('what would move the cursor, hide text or turn its direction is written out', () => {
  expect(printable('a\u001B[2Jb\u001B[8mc\u009B31md\0e\u007Ff\rg\u202Eh')).toBe(
    String.raw`a\u001b[2Jb\u001b[8mc\u009b31md\u0000e\u007ff\u000dg\u202eh`,
  );
});

test('lines, tabs and every colour that gear paints with stay', () => {
  const paint = new Chalk({level: 3});
  const text = (['bold', 'dim', 'red', 'yellow', 'green', 'cyan', 'magenta'] as const).map(name => paint[name]('x\ty'));
  expect(printable(`${text.join('\n')}\r\n`)).toBe(`${text.join('\n')}\r\n`);
});

test('JSON means the same afterwards', () => {
  const text = String.fromCharCode(...Array(0x3000).keys());
  expect(JSON.parse(printable(JSON.stringify([text], null, 2)))).toEqual([text]);
});
