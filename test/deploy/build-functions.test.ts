import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {unzipSync} from 'fflate';
import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import {zip} from '../../src/bundle/zip.ts';
import {parseTemplate} from '../../src/cloudformation/parse.ts';
import {type BuildOptions, buildFunctions} from '../../src/deploy/build-functions.ts';
import {packageFunctions} from '../../src/deploy/package-functions.ts';
import {shownPath} from '../../src/errors.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gear-build-'));
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

/** Files of a minute ago: of what has changed only now, nothing is kept. */
function write(files: Record<string, string | Uint8Array>, age = 60): void {
  const then = Date.now() / 1000 - age;
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), {recursive: true});
    writeFileSync(join(folder, path), text);
    utimesSync(join(folder, path), then, then);
  }
}

const service = {
  'src/ingest.ts': "import {price} from '../lib/price.ts';\nexport const handler = () => price;",
  'src/redrive.ts': "import rates from 'rates';\nexport const handler = () => rates.all;",
  'lib/price.ts': 'export const price = 7;',
  'node_modules/rates/package.json': '{"main": "index.js"}',
  'node_modules/rates/index.js': `exports.all = ${JSON.stringify('x'.repeat(3000))};`,
};

interface Settings {
  readonly [logicalId: string]: {
    readonly entry?: string;
    readonly code?: string;
    readonly handler?: string;
    readonly more?: Record<string, unknown>;
  };
}

function template(functions: Settings, rest: Record<string, unknown> = {}) {
  const Resources = Object.fromEntries(
    Object.entries(functions).map(([id, {entry, code = `./dist/${id}`, handler = 'index.handler', more = {}}]) => [
      id,
      {
        Type: 'AWS::Lambda::Function',
        ...(entry && {Metadata: {Gear: {Entry: entry}}}),
        Properties: {Code: code, Handler: handler, Runtime: 'nodejs24.x', ...more},
      },
    ]),
  );
  return parseTemplate(JSON.stringify({Resources: {...Resources, ...rest}}, null, 1), 'template.yaml');
}

const both = {IngestFunction: {entry: 'src/ingest.ts'}, RedriveFunction: {entry: 'src/redrive.ts'}};
/** As on a machine on which a second has passed since the last change. */
const build = async (functions: Settings = both, options: Partial<BuildOptions> = {}) => {
  vi.useFakeTimers({toFake: ['Date'], now: Date.now() + 1000});
  try {
    return await buildFunctions(template(functions), {folder, fallbackModules: [], ...options});
  } finally {
    vi.useRealTimers();
  }
};
const how = async (...args: Parameters<typeof build>) =>
  Object.fromEntries((await build(...args)).map(built => [built.logicalId, built.how]));

describe('a service that is built again', () => {
  test('builds nothing when nothing has changed, and gives the same zips', async () => {
    write(service);
    const first = await build();
    expect(first.map(built => built.how)).toEqual(['built', 'built']);
    const record = readFileSync(join(folder, '.gear/build/template.yaml/record.json'), 'utf8');
    const second = await build();
    expect(second.map(built => built.how)).toEqual(['unchanged', 'unchanged']);
    expect(second.map(built => built.zip)).toEqual(
      first.map(built => ({...built.zip, bytes: Buffer.from(built.zip.bytes)})),
    );
    expect(readFileSync(join(folder, '.gear/build/template.yaml/record.json'), 'utf8')).toBe(record);
    expect(await how(both, {rebuild: true})).toEqual({IngestFunction: 'built', RedriveFunction: 'built'});
  });

  const changes: [string, Record<string, string>, 'Ingest' | 'Redrive' | 'both' | 'none'][] = [
    ['its own source', {'src/ingest.ts': 'export const handler = () => 8;'}, 'Ingest'],
    ['what it imports', {'lib/price.ts': 'export const price = 8;'}, 'Ingest'],
    ['a package that it imports', {'node_modules/rates/index.js': 'exports.all = 1;'}, 'Redrive'],
    ['the manifest of such a package', {'node_modules/rates/package.json': '{"main": "./index.js"}'}, 'Redrive'],
    ['the lock file', {'package-lock.json': '{}'}, 'both'],
    ['the settings of TypeScript', {'tsconfig.json': '{"compilerOptions": {}}'}, 'both'],
    ['a file that may come before another', {'lib/price.ts.ts': ''}, 'Ingest'],
    ['a package nearer to it', {'src/node_modules/rates/index.js': 'exports.all = 2;'}, 'both'],
    ['the folder that it is built into', {'dist/IngestFunction/index.mjs': 'mine'}, 'Ingest'],
    ['a file beside it in that folder', {'dist/IngestFunction/more.mjs': 'mine'}, 'Ingest'],
    ['only the times of its source', {'src/ingest.ts': service['src/ingest.ts']}, 'none'],
    ['a hidden file', {'src/.ingest.ts.swp': ''}, 'none'],
    ['a file that is not part of it', {'test/ingest.test.ts': 'x', 'events/put.json': '{}'}, 'none'],
  ];
  test.each(changes)('builds what hangs on %s', async (_, files, which) => {
    write(service);
    await build();
    write(files, 30);
    const changed = (name: string) => (which === name || which === 'both' ? 'built' : 'unchanged');
    expect(await how()).toEqual({IngestFunction: changed('Ingest'), RedriveFunction: changed('Redrive')});
    expect(await how()).toEqual({IngestFunction: 'unchanged', RedriveFunction: 'unchanged'});
  });

  test('follows the settings that its settings extend', async () => {
    write({...service, 'tsconfig.json': '{"extends": "./settings/base"}', 'settings/base.json': '{}'});
    await build();
    write({'settings/base.json': '{"compilerOptions": {"target": "es2024"}}'}, 30);
    expect(await how()).toEqual({IngestFunction: 'built', RedriveFunction: 'built'});
  });

  test('keeps nothing of a source that changed while it was read', async () => {
    write(service);
    write({'src/ingest.ts': service['src/ingest.ts']}, -60);
    await build();
    expect(await how()).toEqual({IngestFunction: 'built', RedriveFunction: 'unchanged'});
  });

  test('does without a record that is damaged, and without a zip that is gone', async () => {
    write(service);
    await build();
    rmSync(join(folder, '.gear/build/template.yaml/IngestFunction.zip'));
    expect(await how()).toEqual({IngestFunction: 'built', RedriveFunction: 'unchanged'});
    const record = join(folder, '.gear/build/template.yaml/record.json');
    for (const damage of [
      {held: undefined},
      {held: [null]},
      {builds: {IngestFunction: {held: []}}},
      {sizes: {A: 1}},
      '{',
    ]) {
      const whole = JSON.parse(readFileSync(record, 'utf8'));
      writeFileSync(record, typeof damage === 'string' ? damage : JSON.stringify({...whole, ...damage}));
      expect(await how()).toEqual({IngestFunction: 'built', RedriveFunction: 'built'});
    }
  });

  test.each([
    ['a link that leads nowhere', 'nowhere', 'is a symbolic link that leads nowhere'],
    ['a device', '/dev/null', 'is neither a file nor a folder'],
  ])('says of %s that it cannot be packed', async (_, target, what) => {
    write({'plain/index.js': 'exports.handler = () => 1;'});
    symlinkSync(target, join(folder, 'plain/more.js'));
    const path = shownPath(join(folder, 'plain/more.js'));
    await expect(build({PlainFunction: {code: 'plain'}})).rejects.toThrow(`${path} ${what}`);
    await expect(build({PlainFunction: {code: 'plain/more.js'}})).rejects.toThrow(/does not exist|neither a file/);
  });

  test('takes no type for a function’s that is no text', async () => {
    write({'plain/index.js': 'exports.handler = () => 1;'});
    const odd = {Type: {toString: 1}, Properties: {Runtime: {Ref: {toString: 1}}, Layers: [{Ref: {toString: 1}}]}};
    const {Properties} = odd;
    const fn = {Type: 'AWS::Lambda::Function', Properties: {...Properties, Code: 'plain', Handler: 'index.handler'}};
    const body = parseTemplate(JSON.stringify({Resources: {Odd: odd, Fn: fn}}), 'template.yaml');
    const built = await buildFunctions(body, {folder, fallbackModules: []});
    expect(built.map(({logicalId}) => logicalId)).toEqual(['Fn']);
  });

  test('has packages of its own as soon as they are installed', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'gear-modules-'));
    try {
      write(service);
      mkdirSync(join(elsewhere, 'node_modules'));
      const options = {fallbackModules: [join(elsewhere, 'node_modules')]};
      const own = readFileSync(join(folder, 'node_modules/rates/index.js'), 'utf8');
      rmSync(join(folder, 'node_modules'), {recursive: true});
      mkdirSync(join(elsewhere, 'node_modules/rates'));
      writeFileSync(join(elsewhere, 'node_modules/rates/index.js'), 'exports.all = "borrowed";');
      expect((await build(both, options)).map(({borrowed}) => borrowed)).toEqual([false, true]);
      expect(await how(both, options)).toEqual({IngestFunction: 'unchanged', RedriveFunction: 'unchanged'});
      await expect(build()).rejects.toThrow('the package rates is not installed');
      write({'node_modules/rates/index.js': own}, 30);
      expect((await build(both, options)).map(({borrowed}) => borrowed)).toEqual([false, false]);
      // What nothing was borrowed for is the same with and without somebody to borrow from.
      expect(await how()).toEqual({IngestFunction: 'unchanged', RedriveFunction: 'unchanged'});
    } finally {
      rmSync(elsewhere, {recursive: true, force: true});
    }
  });

  test('knows what a Python function is made of, too', async () => {
    write({
      'src/ingest/__init__.py': '',
      'src/ingest/handler.py': 'import lib\ndef handler(event, context): pass',
      'src/lib.py': '',
      'src/other.py': '',
    });
    const functions = {IngestFunction: {entry: 'src/ingest/handler.py', handler: 'ingest.handler.handler'}};
    expect(await how(functions)).toEqual({IngestFunction: 'built'});
    expect(await how(functions)).toEqual({IngestFunction: 'unchanged'});
    write({'src/other.py': 'changed = 1'});
    expect(await how(functions)).toEqual({IngestFunction: 'unchanged'});
    write({'src/ingest/rates.json': '{}'});
    expect(await how(functions)).toEqual({IngestFunction: 'built'});
    expect(existsSync(join(folder, 'dist/IngestFunction/ingest/rates.json'))).toBe(true);
  });
});

describe('a function over its budget', () => {
  const budget = (size: string) => write({'gear.yaml': `build: {functions: {RedriveFunction: ${size}}}`});

  test('is told with its largest packages, and with what has grown when there was a build within it', async () => {
    write(service);
    budget('2 KB');
    const [, first] = await build();
    expect(first).toMatchObject({budget: {bytes: 2048, exceeded: true, grown: undefined}});
    expect(first!.parts[0]).toEqual({name: 'rates', bytes: expect.any(Number)});
    budget('4 KB');
    expect((await build())[1]).toMatchObject({budget: {exceeded: false}});
    write({'node_modules/rates/index.js': `exports.all = ${JSON.stringify('x'.repeat(9000))};`}, 30);
    const grown = [{name: 'rates', before: first!.parts[0]!.bytes, bytes: first!.parts[0]!.bytes + 6000}];
    expect((await build())[1]).toMatchObject({how: 'built', budget: {exceeded: true, grown}});
    expect((await build())[1]).toMatchObject({how: 'unchanged', budget: {exceeded: true, grown}});
  });

  test.each(['without a build before', 'after one within a larger budget'])('is not deployed, %s', async when => {
    write(service);
    if (when.startsWith('after')) await build();
    budget('2 KB');
    const events: unknown[] = [];
    const onEvent = (event: unknown) => events.push(event);
    await expect(packageFunctions(template(both), {folder, fallbackModules: [], onEvent})).rejects.toMatchObject({
      code: 'OVER_BUDGET',
      exit: 1,
      message: expect.stringMatching(/^RedriveFunction has 4 KB, over its budget of 2 KB; largest: rates 3 KB/),
    });
    expect(events).toHaveLength(2);
  });

  test('must be one of the template', async () => {
    write({...service, 'gear.yaml': 'build: {functions: {IngestFn: 1 MB}}'});
    await expect(build()).rejects.toThrow('build has a budget for IngestFn, and template.yaml has no such function');
  });
});

describe('a function', () => {
  test('that nobody bundles is taken as it is, an archive with its own bytes', async () => {
    const archive = zip([{path: 'index.mjs', bytes: Buffer.from('export const handler = 1;')}]).bytes;
    write({'legacy/index.mjs': 'export const handler = 1;', 'old.zip': archive});
    const [legacy, old] = await build({LegacyFunction: {code: './legacy'}, OldFunction: {code: 'old.zip'}});
    expect(legacy).toMatchObject({how: 'as it is', parts: [{name: 'index.mjs', bytes: 25}]});
    expect(Object.keys(unzipSync(legacy!.zip.bytes))).toEqual(['index.mjs']);
    expect(Buffer.from(old!.zip.bytes)).toEqual(Buffer.from(archive));
    expect(old!.zip).toMatchObject({unzippedBytes: 25, zippedBytes: archive.length});
    write({'old.zip': 'no archive'});
    await expect(build({OldFunction: {code: 'old.zip'}})).rejects.toThrow(/template.yaml:\d+: old.zip is damaged/);
  });

  test.each<[string, Settings, string | RegExp]>([
    [
      'a handler of another module',
      {IngestFunction: {entry: 'src/ingest.ts', handler: 'src/ingest.handler'}},
      /^template.yaml:\d+: Handler src\/ingest.handler names no module of the package, which is index.mjs$/,
    ],
    [
      'a handler that is not exported',
      {IngestFunction: {entry: 'src/ingest.ts', handler: 'index.main'}},
      /^template.yaml:\d+: Handler index.main, and src\/ingest.ts exports no main$/,
    ],
    [
      'a member of what is not exported',
      {IngestFunction: {entry: 'src/ingest.ts', handler: 'index.api.main'}},
      /^template.yaml:\d+: Handler index.api.main, and src\/ingest.ts exports no api$/,
    ],
    [
      'the folder of another one',
      {A: {entry: 'src/ingest.ts', code: 'dist'}, B: {entry: 'src/redrive.ts', code: './dist/'}},
      /A and B are built into .\/dist\/$/,
    ],
    [
      'a folder in that of another one',
      {A: {entry: 'src/ingest.ts', code: 'dist'}, B: {entry: 'src/redrive.ts', code: 'dist/b'}},
      /A and B are built into dist and dist\/b$/,
    ],
    ['code that is not there', {A: {code: './none'}}, /^template.yaml:\d+: Code names .\/none, which does not exist$/],
  ])('with %s is refused', async (_, functions, message) => {
    write(service);
    await expect(build(functions)).rejects.toThrow(message);
  });

  test('that cannot be built is told with all others, and once what several import', async () => {
    write({
      ...service,
      'lib/price.ts': "import 'zod';\nexport const price = ;",
      'src/redrive.ts': "import {price} from '../lib/price.ts';\nexport const handler = price;",
    });
    const third = {...both, StatusFunction: {entry: 'src/status.ts'}};
    const error = (await build(third).catch(each => each)) as Error;
    expect(error).toMatchObject({code: 'BUNDLE_FAILED'});
    expect(error.message.split('\n').map(line => line.replaceAll(shownPath(folder), 'orders'))).toEqual([
      '3 functions cannot be built',
      '  orders/lib/price.ts:2:22: Unexpected ";" (IngestFunction, RedriveFunction)',
      '  There is no orders/src/status.ts, which the template names as an entry point (StatusFunction)',
    ]);
  });

  test('that is built stays so when another one fails', async () => {
    write({...service, 'src/redrive.ts': 'export const handler = ;'});
    await expect(build()).rejects.toThrow('src/redrive.ts:1:24');
    write({'src/redrive.ts': service['src/redrive.ts']}, 30);
    expect(await how()).toEqual({IngestFunction: 'unchanged', RedriveFunction: 'built'});
  });

  test('is left as it was by an interruption', async () => {
    write(service);
    await build();
    write({'src/ingest.ts': 'export const handler = () => 9;'}, 30);
    const interrupt = new AbortController();
    interrupt.abort();
    const before = readFileSync(join(folder, 'dist/IngestFunction/index.mjs'));
    await expect(build(both, {signal: interrupt.signal})).rejects.toThrow('aborted');
    expect(readFileSync(join(folder, 'dist/IngestFunction/index.mjs'))).toEqual(before);
    expect(readdirSync(join(folder, 'dist')).sort()).toEqual(['IngestFunction', 'RedriveFunction']);
  });

  test('of SAM is built where its CodeUri says, and is not for gear to deploy', async () => {
    write(service);
    const sam = parseTemplate(
      `Transform: AWS::Serverless-2016-10-31
Globals: {Function: {Runtime: nodejs24.x, Handler: index.handler}}
Resources:
  IngestFunction:
    Type: AWS::Serverless::Function
    Metadata: {Gear: {Entry: src/ingest.ts}}
    Properties:
      CodeUri: dist/ingest
  StoredFunction:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: s3://orders/code.zip}
`,
      'template.yaml',
    );
    const built = await buildFunctions(sam, {folder, fallbackModules: []});
    expect(built.map(({logicalId, code}) => [logicalId, code])).toEqual([['IngestFunction', 'dist/ingest']]);
    expect(existsSync(join(folder, 'dist/ingest/index.mjs'))).toBe(true);
    await expect(packageFunctions(sam, {folder, fallbackModules: [], onEvent: () => {}})).rejects.toThrow(
      'template.yaml:8: IngestFunction is an AWS::Serverless::Function, whose code gear deploy does not upload',
    );
  });
});
