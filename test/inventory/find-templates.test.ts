import {once} from 'node:events';
import fs, {mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {syncBuiltinESMExports} from 'node:module';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {GearError} from '../../src/errors.ts';
import {findTemplates} from '../../src/inventory/find-templates.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gear-templates-'));
});
afterEach(() => rmSync(folder, {recursive: true}));

function write(...paths: string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(folder, path)), {recursive: true});
    writeFileSync(join(folder, path), 'Resources: {}\n');
  }
}

test('finds templates below a folder, those of packages and builds aside', () => {
  write('template.yaml', 'b/template.json', 'a/orders.template.json', 'a/values.yaml', 'a/legacy.template');
  write('node_modules/x/template.yaml', '.aws-sam/build/template.yaml');
  expect(findTemplates(folder)).toEqual(
    ['a/legacy.template', 'a/orders.template.json', 'b/template.json', 'template.yaml'].map(path => join(folder, path)),
  );
});

test('passes by what says that it is of Kubernetes or Backstage, unless it is named', () => {
  write('orders/template.yaml');
  mkdirSync(join(folder, 'scaffold'));
  const manifest = join(folder, 'scaffold/template.yaml');
  writeFileSync(manifest, 'apiVersion: scaffolder.backstage.io/v1beta3\nkind: Template\nmetadata: {name: orders}\n');
  expect(findTemplates(folder)).toEqual([join(folder, 'orders/template.yaml')]);
  expect(findTemplates(manifest)).toEqual([manifest]);
});

test('a folder that cannot be searched is found itself, and the others are', () => {
  write('orders/template.yaml');
  mkdirSync(join(folder, 'postgres-data'));
  // Whoever runs the tests may be allowed everything.
  const {readdirSync} = fs;
  const denying = vi.spyOn(fs, 'readdirSync').mockImplementation(((path: string, options: never) => {
    if (path.endsWith('postgres-data')) throw Object.assign(new Error(), {code: 'EACCES', path});
    return readdirSync(path, options);
  }) as typeof readdirSync);
  syncBuiltinESMExports();
  try {
    expect(findTemplates(folder)).toEqual([join(folder, 'orders/template.yaml'), join(folder, 'postgres-data')]);
  } finally {
    denying.mockRestore();
    syncBuiltinESMExports();
  }
});

test('passes by pipes and sockets, which nobody may ever write to', async () => {
  write('orders/template.yaml');
  const server = createServer().listen(join(folder, 'template.yaml'));
  await once(server, 'listening');
  try {
    expect(findTemplates(folder)).toEqual([join(folder, 'orders/template.yaml')]);
  } finally {
    server.close();
  }
});

test('finds links that lead nowhere or in a circle, for their reader to say so', () => {
  write('orders/template.yaml');
  for (const [link, target] of [
    ['template.yaml', 'gone.yaml'],
    ['loop.template.yaml', 'loop.template.yaml'],
    ['loop.json', 'loop.json'],
  ])
    symlinkSync(target!, join(folder, link!));
  expect(findTemplates(folder)).toEqual(
    ['loop.template.yaml', 'orders/template.yaml', 'template.yaml'].map(path => join(folder, path)),
  );
});

test('takes a file as it is, whatever its name', () => {
  write('stack.yaml');
  expect(findTemplates(join(folder, 'stack.yaml'))).toEqual([join(folder, 'stack.yaml')]);
});

test.each([
  ['nothing', 'There is no'],
  ['', 'has no template'],
])('says when there is none: %s', (path, message) => {
  expect(() => findTemplates(join(folder, path))).toThrow(GearError);
  expect(() => findTemplates(join(folder, path))).toThrow(message);
});

test.each([
  ['names the folder that it lies in', {stage: {type: 'cdk:cloud-assembly', properties: {directoryName: '.'}}}],
  ['names a folder by a number', {stage: {type: 'cdk:cloud-assembly', properties: {directoryName: 7}}}],
  ['names no template', {stack: {type: 'aws:cloudformation:stack', properties: {templateFile: {}}}}],
  ['has nothing in it', {stack: null}],
])('finds no template by a manifest that %s', (_, artifacts) => {
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({artifacts}));
  expect(() => findTemplates(folder)).toThrow('has no template');
});
