import {mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach, expect, it} from 'vitest';
import {parseTemplate} from '../../src/cloudformation/parse.ts';
import {readTemplateInventory} from '../../src/inventory/read-template-inventory.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gear-package-'));
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

const template = `Resources:
  Ingest:
    Type: AWS::Lambda::Function
    Metadata: {Gear: {Entry: src/ingest/handler.py}}
    Properties: {Code: ./dist/ingest, Handler: ingest.handler.handler, Runtime: python3.13}
`;

async function packageOf(files: Record<string, string>) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), {recursive: true});
    writeFileSync(join(folder, path), text);
  }
  const {functions} = await readTemplateInventory(parseTemplate(template, join(folder, 'template.yaml')), {
    parameters: {},
  });
  return functions[0]!.package;
}

const code = {
  'src/ingest/__init__.py': '',
  'src/ingest/handler.py': 'import boto3, lib',
  'src/lib/__init__.py': 'x = 1',
};

it('measures a Python function that is not built by what its package would hold', async () => {
  expect(await packageOf({...code, 'src/redrive/__init__.py': 'y = 1', 'requirements.txt': 'boto3==1.43.11'})).toEqual({
    kind: 'files',
    path: './dist/ingest',
    files: [
      {path: 'ingest/__init__.py', bytes: 0},
      {path: 'ingest/handler.py', bytes: 17},
      {path: 'lib/__init__.py', bytes: 5},
    ],
  });
});

it('does not fetch packages to measure them, and says so', async () => {
  expect(await packageOf({...code, 'requirements.txt': 'prices==1.0'})).toEqual({
    kind: 'unknown',
    reason: 'requirements.txt lists packages that are not fetched yet; gear deploy fetches them',
  });
});

it('measures what would be deployed now, not what an earlier build left', async () => {
  const left = {'dist/ingest/ingest/handler.py': 'x'.repeat(1000), 'dist/ingest/old/__init__.py': ''};
  expect(await packageOf({...code, ...left})).toMatchObject({
    files: [{path: 'ingest/__init__.py'}, {path: 'ingest/handler.py', bytes: 17}, {path: 'lib/__init__.py'}],
  });
});

it('cannot tell of code that is gone, although an earlier build is there', async () => {
  expect(await packageOf({'dist/ingest/ingest/handler.py': 'x'})).toMatchObject({
    kind: 'unknown',
    reason: expect.stringContaining('src/ingest/handler.py'),
  });
});

it.each([
  ['nothing', ''],
  ['text', 'handler'],
])('does not know what a zip archive holds that is %s', async (_, content) => {
  writeFileSync(join(folder, 'orders.zip'), content);
  const zipped = 'Resources: {Orders: {Type: AWS::Lambda::Function, Properties: {Code: orders.zip}}}';
  const {functions} = await readTemplateInventory(parseTemplate(zipped, join(folder, 'template.yaml')));
  expect(functions[0]!.package).toEqual({kind: 'unknown', reason: 'orders.zip is damaged, or no zip archive'});
});

it('measures each function of a template, whatever its code is', async () => {
  const text = `Resources:
  Ingest: {Type: AWS::Lambda::Function, Metadata: {Gear: {Entry: src/ingest/handler.py}}, Properties: {Code: ./dist/ingest}}
  Orders: {Type: AWS::Lambda::Function, Metadata: {Gear: {Entry: src/orders.ts}}, Properties: {Code: ./dist/orders}}
  Refunds: {Type: AWS::Lambda::Function, Metadata: {Gear: {Entry: src/refunds.ts}}, Properties: {Code: ./dist/refunds}}
  Inline: {Type: AWS::Lambda::Function, Properties: {Code: {ZipFile: 'exports.handler = 1'}}}
`;
  await packageOf({...code, 'src/orders.ts': 'export const handler = () => 1;', 'src/refunds.ts': 'export const'});
  const {functions} = await readTemplateInventory(parseTemplate(text, join(folder, 'template.yaml')));
  expect(functions.map(fn => fn.package)).toMatchObject([
    {kind: 'files', path: './dist/ingest', files: [{}, {path: 'ingest/handler.py'}, {}]},
    {kind: 'files', path: './dist/orders', files: [{path: 'index.mjs'}]},
    {kind: 'unknown', reason: expect.stringMatching(/src\/refunds\.ts:1:13: /)},
    {kind: 'inline', bytes: 19},
  ]);
});

it('measures each function of a template that is built, also where another one cannot be', async () => {
  const sources = {
    prices: 'export const handler = async () => "prices";',
    rates: 'export const handler = (',
    orders: 'import prices from "./prices.json"; export const handler = async () => prices;',
  };
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'src/prices.json'), JSON.stringify({apple: 'x'.repeat(500)}));
  for (const [name, text] of Object.entries(sources)) writeFileSync(join(folder, `src/${name}.ts`), text);
  const resources = Object.keys(sources).map(name => [
    name,
    {
      Type: 'AWS::Lambda::Function',
      Metadata: {Gear: {Entry: `src/${name}.ts`}},
      Properties: {Code: `./dist/${name}`, Handler: 'index.handler', Runtime: 'nodejs24.x'},
    },
  ]);
  const text = JSON.stringify({Resources: Object.fromEntries(resources)});
  const {functions} = await readTemplateInventory(parseTemplate(text, join(folder, 'template.json')), {zipped: true});
  const [prices, rates, orders] = functions.map(fn => fn.package);
  expect(prices).toMatchObject({
    path: './dist/prices',
    files: [{path: 'index.mjs'}],
    parts: [{name: 'src/prices.ts'}],
    compressedBytes: expect.any(Number),
  });
  expect(rates).toMatchObject({kind: 'unknown', reason: expect.stringContaining('src/rates.ts:1:25: ')});
  expect(orders).toMatchObject({path: './dist/orders', parts: [{name: 'src/prices.json'}, {name: 'src/orders.ts'}]});
});

it('zips nothing that Lambda would not take, and says what cannot be read', async () => {
  for (const name of ['broken', 'huge']) mkdirSync(join(folder, name));
  symlinkSync('gone.js', join(folder, 'broken/link.js'));
  writeFileSync(join(folder, 'huge/disk'), '');
  truncateSync(join(folder, 'huge/disk'), 300 * 1024 ** 2);
  const resources = ['./broken', './huge', '/dev/zero'].map((Code, index) => [
    `Orders${index}`,
    {Type: 'AWS::Lambda::Function', Properties: {Code, Handler: 'index.handler', Runtime: 'nodejs24.x'}},
  ]);
  const text = JSON.stringify({Resources: Object.fromEntries(resources)});
  const {functions} = await readTemplateInventory(parseTemplate(text, join(folder, 'template.json')), {zipped: true});
  expect(functions.map(fn => fn.package)).toEqual([
    {
      kind: 'unknown',
      reason: expect.stringMatching(
        /^\.\/broken cannot be read: .*broken\/link\.js is a symbolic link that leads nowhere$/,
      ),
    },
    {kind: 'files', path: './huge', files: [{path: 'disk', bytes: 300 * 1024 ** 2}]},
    {kind: 'unknown', reason: '/dev/zero is neither a file nor a folder'},
  ]);
});
