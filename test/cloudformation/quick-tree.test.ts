import {existsSync, globSync, readFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {quickTree} from '../../src/cloudformation/quick-tree.ts';
import {differences} from './same-tree.ts';

const root = join(import.meta.dirname, '../..');
const corpus = join(root, '../shared/corpus/serverless-patterns');
const texts = [join(root, 'templates'), join(root, 'test/audit'), join(root, 'test/local'), corpus]
  .filter(folder => existsSync(folder))
  .flatMap(folder =>
    globSync('**/*.{yaml,yml,json}', {cwd: folder, exclude: ['**/node_modules']}).map(file => join(folder, file)),
  )
  // The fixtures are much alike.
  .filter((file, index) => !file.startsWith(join(root, 'test')) || index % 4 === 0)
  .map(file => [relative(root, file), readFileSync(file, 'utf8')] as const);

describe('the quick reader of templates', () => {
  test('says the same as the thorough one of every file there is, and reads nearly all of them', () => {
    const read = texts.map(([file, text]) => [file, differences(text)] as const);
    expect(read.filter(([, found]) => found !== undefined && found.length > 0)).toEqual([]);
    expect(read.filter(([, found]) => found !== undefined).length).toBeGreaterThan(0.9 * texts.length);
  });

  test('says the same of texts that were made at random, or leaves them to the thorough one', () => {
    const soup = fc.array(fc.constantFrom(...pieces), {maxLength: 20}).map(list => list.join(''));
    const lines = fc
      .array(fc.tuple(fc.constantFrom('', '  ', '    ', '  - ', '- '), fc.constantFrom(...members)), {maxLength: 8})
      .map(list => list.map(([indent, member]) => `${indent}${member}`).join('\n'));
    fc.assert(
      fc.property(
        fc.oneof(
          soup,
          soup.map(text => `a: ${text}`),
          lines,
        ),
        text => {
          expect(differences(text) ?? []).toEqual([]);
        },
      ),
      {numRuns: 3000},
    );
  });

  test.each([
    ['a:\n  b:\n    c: [{\n      x: 1,\n    y: 2\n  }]\n  d: 3\n', {a: {b: {c: [{x: 1, y: 2}]}, d: 3}}],
    ['a: 1\na: 4\nb: {c: 2, c: 3, d: [e, {f: 1, f: 2}]}\n', {a: 4, b: {c: 3, d: ['e', {f: 2}]}}],
  ])('says the same of %j, in which not all is well', (text, value) => {
    expect(quickTree(text)!.value).toEqual(value);
    expect(differences(text)).toEqual([]);
  });

  test.each([
    ['a:\n  b: ["x\ny"]\n', 'a text in quotes that goes on further left'],
    ['a: {b: {c: 1, c: 2}}\na: 3\n', 'a key that stands there twice in one that does'],
    ['a: &x 1\nb: 2\n', 'an anchor'],
    ['a: !!binary xx\n', "a type of YAML's own"],
    ['a: !Custom xx\n', 'a tag that CloudFormation does not have'],
    ['a: 1\n---\nb: 1\n', 'a second document'],
    ['%YAML 1.2\n---\na: 1\n', 'a directive'],
    ['? a\n: 1\n', 'an explicit key'],
    ['- a\n', 'a list'],
    ['', 'nothing'],
    ['a: "x\nb: 1', 'a quote that does not close'],
    [`${'['.repeat(50_000)}`, 'brackets without end'],
  ])('leaves to the thorough one: $1', text => {
    expect(quickTree(text)).toBeUndefined();
  });
});

const pieces = [
  ...'[]{},:-?!|>\'"%@#&*',
  ...['\n', '\t', ' ', ' # c', '\r\n', '\n  ', '\n    ', '\n- ', '- ', ': ', ', '],
  ...[
    'a',
    '1',
    '0x1f',
    '1_0',
    '-.5',
    '1e3',
    '010',
    '0b11',
    '.inf',
    '~',
    'null',
    'yes',
    'No',
    'N',
    '1:30',
    '2020-01-01',
  ],
  ...['key: ', 'k: v', '"q": ', "'s': ", '__proto__: ', '<<: ', '{a: 1, b: [c, d]}', '[a: b]', '---', '...'],
  ...['!Ref ', '!GetAtt a.b', '!GetAtt ', '!If ', '!Sub ', '!Foo ', '!!str ', '&x ', '*x'],
  ...['|-\n  x\n   y\n', '>+\n a\n\n b\n', '|2\n    z\n', '\\n', '\u2028'],
];
const members = [
  ...[
    'a: 1',
    'b:',
    '"c": [1, !Ref X]',
    `d: !Sub "\${A}-b"`,
    'e: {f: 1, g: [2]}',
    'h: |',
    'i: >- # c',
    'text',
    '- j',
    '# c',
  ],
  ...[
    'Fn::GetAtt: A.B',
    'k: !GetAtt A.B.C',
    'l: !If',
    'm: "x # y"',
    "n: 'it''s'",
    'o: 0x10',
    '!Ref Z',
    'p: !Join ["", [q]]',
    '',
  ],
];
