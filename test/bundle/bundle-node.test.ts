import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {bundleNode, type NodeBundle} from '../../src/bundle/bundle-node.ts';
import {bundleParts, grown} from '../../src/bundle/part.ts';
import type {GearError} from '../../src/errors.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gear-bundles-'));
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

function write(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), {recursive: true});
    writeFileSync(join(folder, path), text);
  }
}

const bundle = (...entries: string[]) =>
  bundleNode({folder, entries: entries.map(entry => ({entry})), fallbackModules: []});
const fulfilled = (settled: readonly PromiseSettledResult<NodeBundle>[]) =>
  settled.map(each => {
    if (each.status === 'rejected') throw each.reason;
    return each.value;
  });

describe('functions that are bundled together', () => {
  test('have the bytes that each would have alone, in whatever order', async () => {
    const names = Array.from({length: 8}, (_, index) => `part${index}`);
    // Names that have to be renamed, imported in other orders: what could depend on the neighbours.
    for (const name of names)
      write({
        [`lib/${name}.ts`]: `let count = 0; const step = () => ++count; export const value = () => step() + '${name}'; export default class Thing { go = step; }`,
        [`node_modules/${name}/index.js`]: `let count = 0; module.exports = {count: () => count++, own: '${name}'};`,
      });
    const entries = names.map((_, index) => {
      const order = [...names.slice(index), ...names.slice(0, index)].slice(0, 5);
      write({
        [`src/f${index}.ts`]: `${order.map(name => `import ${name}, {value as v${name}} from '../lib/${name}.ts'; import * as p${name} from '${name}';`).join('\n')}
          export const handler = () => [${order.map(name => `new ${name}().go(), v${name}(), p${name}.own`).join(', ')}];`,
      });
      return `src/f${index}.ts`;
    });
    const together = fulfilled(await bundle(...entries));
    const turned = fulfilled(await bundle(...entries.toReversed())).toReversed();
    for (const [index, entry] of entries.entries()) {
      const [alone] = fulfilled(await bundle(entry));
      expect(Buffer.from(together[index]!.code).equals(alone!.code)).toBe(true);
      expect(Buffer.from(turned[index]!.code).equals(alone!.code)).toBe(true);
      expect(together[index]!.inputs).toEqual(alone!.inputs);
    }
  });

  test('do not fail because another one does, which is told all that is wrong with it', async () => {
    write({
      'src/good.ts': 'export const handler = () => 1;',
      'src/bad.ts':
        "import {z} from 'zod/v4';\nimport {rows} from './rows.ts';\nimport {none} from './good.ts';\nexport const handler = [z, rows, none];",
    });
    const [good, bad] = await bundle('src/good.ts', 'src/bad.ts');
    expect(good!.status).toBe('fulfilled');
    expect(bad).toMatchObject({
      reason: {
        message: expect.stringMatching(
          /^\S*src\/bad\.ts:1:17: the package zod is not installed\n\S*src\/bad\.ts:2:20: there is no \.\/rows\.ts$/,
        ),
        suggestions: [expect.stringContaining('npm install')],
      },
    });
    write({'src/bad.ts': "import {none} from './good.ts';\nexport const handler = none;"});
    await expect(bundle('src/bad.ts')).resolves.toMatchObject([
      {reason: {message: expect.stringMatching(/src\/bad\.ts:1:9: src\/good\.ts exports no none$/)}},
    ]);
  });

  test('are built also where of another not even the folder is there', async () => {
    write({'src/good.ts': 'export const handler = () => 1;'});
    const [missing, good] = await bundle('gone/handler.ts', 'src/good.ts');
    const {code, message} = (missing as PromiseRejectedResult).reason as GearError;
    expect(code).toBe('BUNDLE_FAILED');
    expect(message).toMatch(/^There is no .*gone\/handler\.ts, which the template names as an entry point$/);
    expect(good!.status).toBe('fulfilled');
  });

  test('know what they were made of, also what nothing is left of', async () => {
    write({
      'src/one.ts': "import {used} from '../lib/used.ts';\nimport '../lib/types.ts';\nexport const handler = used;",
      'src/two.ts': "import rates from 'rates';\nexport const handler = () => rates;",
      'lib/used.ts': 'export const used = () => "used";',
      'lib/types.ts': 'export interface Order {id: string}',
      'node_modules/rates/index.js': 'module.exports = [1234567, 2345678, 3456789, 4567890];',
    });
    const [one, two] = fulfilled(await bundle('src/one.ts', 'src/two.ts'));
    expect([...one!.inputs].sort()).toEqual(['lib/types.ts', 'lib/used.ts', 'src/one.ts']);
    expect(one!.exports).toEqual(['handler']);
    expect(bundleParts(two!.parts).map(({name}) => name)).toEqual(['rates', 'src/two.ts']);
  });

  test('are made for the Node.js of their runtime', async () => {
    write({'src/one.ts': 'export class Order { static { Order.count = 1; } static count: number; }'});
    const entries = ['nodejs14.x', 'nodejs24.x'].map(runtime => ({entry: 'src/one.ts', runtime}));
    const [old, recent] = fulfilled(await bundleNode({folder, entries, fallbackModules: []}));
    expect(Buffer.from(old!.code).toString()).not.toContain('static{');
    expect(Buffer.from(recent!.code).toString()).toContain('static{');
  });
});

test('what has grown is told by how much, the most first', () => {
  const before = [
    {name: 'zod', bytes: 100},
    {name: 'rates', bytes: 50},
    {name: 'gone', bytes: 70},
  ];
  const now = [
    {name: 'zod', bytes: 110},
    {name: 'rates', bytes: 50},
    {name: 'ec2', bytes: 400},
  ];
  expect(grown(before, now)).toEqual([
    {name: 'ec2', bytes: 400, before: 0},
    {name: 'zod', bytes: 110, before: 100},
  ]);
});
