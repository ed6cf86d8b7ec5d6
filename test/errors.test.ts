import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {expect, test} from 'vitest';
import {describeError} from '../src/cli/describe-error.ts';
import {GearError, shownPath} from '../src/errors.ts';

test('a path is shown from where the user stands, or absolute where that is shorter', () => {
  expect(shownPath(resolve('orders/template.yaml'))).toBe('orders/template.yaml');
  expect(shownPath('.')).toBe('.');
  expect(shownPath('/o')).toBe('/o');
});

test('an interruption says nothing to the person who did it, and a document to a program', () => {
  const aborted = Object.assign(new Error('aborted'), {name: 'AbortError'});
  expect(describeError(aborted)).toMatchObject({code: 'INTERRUPTED', exit: 130, text: ''});
  const told = new GearError('Interrupted. Nothing was deployed.', {code: 'INTERRUPTED', exit: 130});
  expect(describeError(told)).toMatchObject({exit: 130, text: 'Interrupted. Nothing was deployed.'});
});

test.skipIf(!existsSync('/dev/full'))('a disk that is full is no bug of gear, though nobody says of which file', () => {
  try {
    writeFileSync('/dev/full', 'text');
    expect.unreachable();
  } catch (error) {
    expect(describeError(error as Error)).toMatchObject({exit: 2, text: 'Error: No space is left on the device'});
  }
});

test('what the file system refuses is no bug of gear', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gear-errors-'));
  const refused = Object.assign(new Error(`EACCES: permission denied, mkdir '${folder}'`), {
    code: 'EACCES',
    path: folder,
  });
  expect(describeError(refused)).toMatchObject({exit: 2, text: `Error: ${shownPath(folder)}: permission denied`});
  try {
    readFileSync(join(folder, 'nowhere'));
  } catch (error) {
    // Nobody looked whether it is there: that is gear's mistake.
    expect(describeError(error as Error)).toMatchObject({exit: 70, code: 'BUG'});
  }
  rmSync(folder, {recursive: true});
});

test.each([
  ['a\0b', /No file can be called 'a\\x00b': a null byte is in it/],
  ['a'.repeat(300), /a{300}: the name is too long/],
])('a name that no file can have is no bug of gear', (name, text) => {
  try {
    readFileSync(name);
  } catch (error) {
    expect(describeError(error as Error)).toMatchObject({exit: 2, text: expect.stringMatching(text)});
  }
  expect.assertions(1);
});
