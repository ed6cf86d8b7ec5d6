import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join, resolve} from 'node:path';
import {Ajv} from 'ajv';
import {strToU8, zipSync} from 'fflate';
import {afterAll, beforeAll, expect, test, vi} from 'vitest';
import Audit from '../../src/commands/audit/index.ts';

const root = resolve(import.meta.dirname, '../..');
const of = (runtime: string, code: string) =>
  `{Type: AWS::Lambda::Function, Properties: {Runtime: ${runtime}, Handler: index.handler, Code: ${code}}}`;
const template = `Resources:
  Ingest: ${of('nodejs24.x', './ingest')}
  Prices: ${of('python3.13', './prices.zip')}
  Later: ${of('nodejs24.x', './later')}
  Inline: ${of('python3.13', '{ZipFile: "def handler(event, context): pass"}')}
  Image: {Type: AWS::Lambda::Function, Properties: {PackageType: Image, Code: {ImageUri: orders}}}
  Layered:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      Code: ./layered
      Layers: ['arn:aws:lambda:eu-central-1:111122223333:layer:tools:7']
`;

let folder: string;
let written: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gear-packages-'));
  const files: Readonly<Record<string, string | Uint8Array>> = {
    'template.yaml': template,
    'ingest/index.mjs': 'x'.repeat(2048),
    'ingest/node_modules/@aws-sdk/client-s3/index.js': 'x'.repeat(6144),
    ...Object.fromEntries(Array.from({length: 12}, (_, n) => [`ingest/node_modules/p${n}/index.js`, 'x'.repeat(n)])),
    'prices.zip': zipSync({'boto3/session.py': strToU8('y'.repeat(3000)), 'index.py': strToU8('y'.repeat(1000))}),
    'layered/index.mjs': 'export {};',
  };
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), {recursive: true});
    writeFileSync(join(folder, path), content);
  }
  written = await gearAudit();
});
afterAll(() => rmSync(folder, {recursive: true}));

async function gearAudit() {
  let text = '';
  const write = vi.spyOn(process.stdout, 'write').mockImplementation(chunk => {
    text += chunk;
    return true;
  });
  const {exitCode} = process;
  const outputs = ['json', 'markdown', 'html'].flatMap(format => ['--output', `${format}:${join(folder, format)}`]);
  try {
    await Audit.run([join(folder, 'template.yaml'), '--only', 'size', '--packages', ...outputs], root);
  } finally {
    write.mockRestore();
    process.exitCode = exitCode;
  }
  return text;
}

const output = (format: string) => readFileSync(join(folder, format), 'utf8');

test('the text says of each function how large it is, and names its ten largest packages', () => {
  const table = written.slice(written.indexOf('PACKAGES'), written.lastIndexOf('\n\n'));
  expect(table.replaceAll(/\d+ (KB|bytes) zipped/g, '<size> zipped')).toMatchInlineSnapshot(`
    "PACKAGES, of which Lambda takes 250 MB unzipped, layers included:
      Ingest: <size> zipped, 8 KB unzipped
            6 KB  74.4 %  @aws-sdk/client-s3  in the runtime too
            2 KB  24.8 %  index.mjs
        11 bytes   0.1 %  p11
        10 bytes   0.1 %  p10
         9 bytes   0.1 %  p9
         8 bytes   0.1 %  p8
         7 bytes   0.1 %  p7
         6 bytes   0.1 %  p6
         5 bytes   0.1 %  p5
         4 bytes   0.0 %  p4
      Prices: <size> zipped, 4 KB unzipped
              3 KB  75.0 %  boto3     in the runtime too
        1000 bytes  25.0 %  index.py
      Inline: 33 bytes unzipped
        33 bytes  100.0 %  code in the template
      Layered: <size> zipped, 10 bytes unzipped, and a layer that was not read
        10 bytes  100.0 %  index.mjs
      Image: a container image, which gear does not look into
      Later: there is no ./later: it has not been built"
  `);
});

test('the JSON has it in bytes, as the schema says', () => {
  const document = JSON.parse(output('json'));
  const validate = new Ajv({strict: false}).compile(
    JSON.parse(readFileSync(join(root, 'data/audit.schema.json'), 'utf8')),
  );
  expect([validate(document), validate.errors]).toEqual([true, null]);
  const [ingest] = document.packages;
  expect(ingest).toMatchObject({
    source: join(folder, 'template.yaml'),
    function: 'Ingest',
    zippedBytes: expect.any(Number),
    unzippedBytes: 8258,
    layers: [],
  });
  expect(ingest.largest).toHaveLength(10);
  expect(ingest.largest[0]).toEqual({name: '@aws-sdk/client-s3', bytes: 6144, share: 0.744, inRuntime: true});
});

test.each(['markdown', 'html'])('%s has it too', format => {
  const text = output(format)
    .replaceAll('&#64;', '@')
    .replaceAll(/<[^>]+>/g, ' ');
  expect(text).toMatch(/@aws-sdk\/client-s3\W+6 KB\W+74\.4 %\W+in the runtime too/);
  expect(text).toMatch(/Later\W+there is no \.\/later: it has not been built/);
});
