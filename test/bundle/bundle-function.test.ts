import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {execa} from 'execa';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {bundleFunction} from '../../src/bundle/bundle-function.ts';
import {gearModules} from '../../src/bundle/gear-modules.ts';
import {shownPath} from '../../src/errors.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gear-bundle-'));
  mkdirSync(join(folder, 'src'));
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

const write = (text: string) => writeFileSync(join(folder, 'src/handler.ts'), text);
const request = () => ({folder, entry: 'src/handler.ts', output: 'dist/orders'});

describe('bundleFunction', () => {
  test('writes one module that runs', async () => {
    write('export const handler = async (event: {order: string}): Promise<string> => "saved " + event.order;');
    const {size, borrowed} = await bundleFunction(request());
    const output = join(folder, 'dist/orders/index.mjs');
    expect(size).toBe(readFileSync(output).length);
    expect(borrowed).toBe(false);
    const {handler} = await import(pathToFileURL(output).href);
    expect(await handler({order: '7'})).toBe('saved 7');
  });

  test('removes what an earlier bundle left in the folder', async () => {
    write('export const handler = () => 1;');
    mkdirSync(join(folder, 'dist/orders'), {recursive: true});
    writeFileSync(join(folder, 'dist/orders/stale.mjs'), 'old');
    await bundleFunction(request());
    expect(() => readFileSync(join(folder, 'dist/orders/stale.mjs'))).toThrow('ENOENT');
  });

  test('says which package is missing, where it is imported, and what to do', async () => {
    write("\nimport {BatchProcessor} from '@aws-lambda-powertools/batch';\nexport const handler = BatchProcessor;");
    await expect(bundleFunction(request())).rejects.toMatchObject({
      code: 'BUNDLE_FAILED',
      message: expect.stringMatching(
        /\/gear-bundle-\w+\/src\/handler\.ts:2:\d+: the package @aws-lambda-powertools\/batch is not installed$/,
      ),
      suggestions: [`npm install, in ${shownPath(folder)}`],
    });
  });

  test('takes a package that is not installed from the fallback and says so', async () => {
    write(
      "import {BatchProcessor} from '@aws-lambda-powertools/batch';\nexport const handler = () => BatchProcessor.name;",
    );
    const {borrowed} = await bundleFunction({...request(), fallbackModules: gearModules()});
    expect(borrowed).toBe(true);
  });

  test('loads node:http without what only fetch and WebSocket need', async () => {
    write(`import * as all from 'http';
      import http, {request} from 'node:http';
      console.log(JSON.stringify({
        undici: process.moduleLoadList.some(name => name.endsWith('/undici/undici')),
        same: request === http.request && all.Agent === http.Agent,
      }));`);
    await bundleFunction(request());
    const {stdout} = await execa(process.execPath, [join(folder, 'dist/orders/index.mjs')]);
    expect(JSON.parse(stdout)).toEqual({undici: false, same: true});
  });

  test('names the line of a syntax error', async () => {
    write('export const handler = ;');
    await expect(bundleFunction(request())).rejects.toThrow(/\/src\/handler\.ts:1:\d+: /);
  });

  test('says that there is no entry point, and not that something be installed', async () => {
    await expect(bundleFunction(request())).rejects.toMatchObject({
      code: 'BUNDLE_FAILED',
      message: expect.stringMatching(/^There is no .*src\/handler\.ts, which the template names as an entry point$/),
    });
  });

  test.each([
    ['the entry point', './src', 'src/handler.ts lies in it'],
    ['what the entry point imports', './lib', 'lib/names.ts lies in it'],
    ['the service', '.', 'the service lies in it'],
    ['a folder above the service', '..', 'the service lies in it'],
  ])('never empties a folder with %s', async (_, output, message) => {
    write("import {name} from '../lib/names.ts';\nexport const handler = () => name;");
    mkdirSync(join(folder, 'lib'));
    writeFileSync(join(folder, 'lib/names.ts'), "export const name = 'orders';");
    await expect(bundleFunction({...request(), output})).rejects.toThrow(message);
    expect(readFileSync(join(folder, 'src/handler.ts'), 'utf8')).toContain('names.ts');
    expect(readFileSync(join(folder, 'lib/names.ts'), 'utf8')).toContain('orders');
  });

  test('gives the same bytes in another folder', async () => {
    write('export const handler = async () => "here";');
    await bundleFunction(request());
    const first = readFileSync(join(folder, 'dist/orders/index.mjs'));
    const other = mkdtempSync(join(tmpdir(), 'gear-bundle-elsewhere-'));
    try {
      mkdirSync(join(other, 'src'));
      writeFileSync(join(other, 'src/handler.ts'), readFileSync(join(folder, 'src/handler.ts')));
      await bundleFunction({...request(), folder: other});
      expect(readFileSync(join(other, 'dist/orders/index.mjs'))).toEqual(first);
    } finally {
      rmSync(other, {recursive: true, force: true});
    }
  });
});
