import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterAll, beforeEach, expect, test} from 'vitest';
import {parseTemplate} from '../../src/cloudformation/parse.ts';
import {buildTemplate} from '../../src/deploy/build-template.ts';
import {packageTemplate} from '../../src/deploy/package-template.ts';

const folder = mkdtempSync(join(tmpdir(), 'gear-nested-build-'));
afterAll(() => rmSync(folder, {recursive: true}));

const root = `Parameters: {Runtime: {Type: String, Default: nodejs24.x}}
Resources:
  Ingest:
    Type: AWS::Lambda::Function
    Properties: {Code: ./ingest, Handler: index.handler, Runtime: nodejs24.x}
  Storage:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: storage/template.yaml, Parameters: {Runs: !Ref Runtime}}
`;
const nested = `Parameters: {Runs: {Type: String}}
Resources:
  SaveFunction:
    Type: AWS::Lambda::Function
    Metadata: {Gear: {Entry: src/save.ts}}
    Properties: {Code: ./dist/save, Handler: index.handler, Runtime: !Ref Runs}
`;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), {recursive: true});
  writeFileSync(join(folder, path), text);
}

beforeEach(() => {
  write('template.yaml', root);
  write('gear.yaml', 'service: orders\n');
  write('ingest/index.mjs', 'export const handler = async () => 1;');
  write('storage/template.yaml', nested);
  write('storage/src/save.ts', `export const handler = async () => ${JSON.stringify('x'.repeat(3000))};`);
});

const template = () => parseTemplate(root, join(folder, 'template.yaml'));
const build = (options = {}) => buildTemplate(template(), {folder, fallbackModules: [], ...options});

test('functions of nested templates are built in their folders, for the runtimes that they are given', async () => {
  const built = await build({parameters: {Runtime: 'nodejs22.x'}});
  expect(built.map(({logicalId, code, how}) => `${logicalId} ${code} ${how}`)).toEqual([
    'Ingest ./ingest as it is',
    'Storage/SaveFunction ./storage/dist/save built',
  ]);
  // What it was built for is part of what it was built with.
  expect((await build())[1]!.how).toBe('built');
  expect((await build())[1]!.how).toBe('unchanged');
});

test('gear.yaml has budgets for them by their path, which building and deploying keep', async () => {
  write('gear.yaml', 'build: {functions: {Ingest: 1 KB, Storage/SaveFunction: 2 KB}}');
  const [ingest, save] = await build();
  expect(ingest).toMatchObject({budget: {bytes: 1024, exceeded: false}});
  expect(save).toMatchObject({budget: {bytes: 2048, exceeded: true}});
  const options = {fallbackModules: [], onEvent: () => {}};
  await expect(packageTemplate(template(), options)).rejects.toMatchObject({
    message: expect.stringMatching(/^Storage\/SaveFunction has 3 KB, over its budget of 2 KB/),
    suggestions: expect.arrayContaining([expect.stringContaining('{build: {functions: {Storage/SaveFunction: ...}}}')]),
  });
});

test('a budget is for a function that is there', async () => {
  write('gear.yaml', 'build: {functions: {SaveFunction: 2 KB}}');
  await expect(build()).rejects.toThrow('build has a budget for SaveFunction, and');
});
