import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {execa} from 'execa';
import {unzipSync} from 'fflate';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {gear, repository} from './gear.ts';

/** Inside the repository, so that the service finds its packages in gear's node_modules. */
const root = join(repository, '.test', `build-${process.pid}`);
const folder = join(root, 'orders');
const here = (...args: string[]) => gear(args, {cwd: folder});

interface Built {
  readonly built: number;
  readonly unchanged: number;
  readonly functions: readonly {function: string; how: string; hash: string; parts?: {name: string}[]}[];
}

beforeAll(async () => {
  mkdirSync(root, {recursive: true});
  const args = ['new', 'service', 'orders', '--template', 'ingestion', '--language', 'typescript', '--yes'];
  expect(await gear(args, {cwd: root})).toMatchObject({exitCode: 0});
});

afterAll(async () => {
  await here('local', 'stop');
  rmSync(root, {recursive: true, force: true});
});

/** One after the other: each goes on from what the one before has built. */
describe('gear build', {timeout: 60_000}, () => {
  test('bundles every function, and says how large each is', async () => {
    const run = await here('build');
    expect(run).toMatchObject({exitCode: 0, stderr: ''});
    expect(run.stdout.replaceAll(/[\d.]+ (KB|ms|s)\b/g, 'N $1')).toMatch(
      /^IngestFunction {3}\.\/dist\/ingest {3}N KB {2}N KB zipped\nRedriveFunction {2}\.\/dist\/redrive {2}N KB {2}N KB zipped\nBuilt 2 functions of orders in N m?s\n?$/,
    );
    expect(existsSync(join(folder, 'dist/ingest/index.mjs'))).toBe(true);
  });

  test('builds nothing twice, but with --no-cache', async () => {
    const written = statSync(join(folder, 'dist/ingest/index.mjs')).mtimeMs;
    expect((await here('build')).stdout).toMatch(/unchanged\norders is built already: nothing has changed$/);
    expect(statSync(join(folder, 'dist/ingest/index.mjs')).mtimeMs).toBe(written);
    const [again, anew] = [await here('build', '--json'), await here('build', '--no-cache', '--json')];
    expect(again.json<Built>()).toMatchObject({built: 0, unchanged: 2});
    expect(anew.json<Built>()).toMatchObject({built: 2, unchanged: 0});
    const hashes = (run: typeof anew) => run.json<Built>().functions.map(({hash}) => hash);
    expect(hashes(anew)).toEqual(hashes(again));
  });

  test('--analyze shows what a function is made of', async () => {
    const {stdout} = await here('build', '--analyze');
    expect(stdout).toMatch(/\nIngestFunction {2}\d+ KB\n {2}@smithy\/core +\d+ KB +[\d.]+ % +#+\n/);
    expect(stdout).toMatch(/\n {2}\d+ more +\d+ KB +[\d.]+ % +#+\n/);
    const [ingest] = (await here('build', '--analyze', '--json')).json<Built>().functions;
    expect(ingest!.parts!.map(({name}) => name)).toContain('src/functions/ingest/handler.ts');
  });

  test('fails over a budget, with what has grown', async () => {
    const handler = join(folder, 'src/functions/ingest/handler.ts');
    const [source, settings] = [readFileSync(handler, 'utf8'), readFileSync(join(folder, 'gear.yaml'), 'utf8')];
    writeFileSync(handler, `${source}\nexport {Lambda} from '@aws-sdk/client-lambda';\n`);
    writeFileSync(join(folder, 'gear.yaml'), `${settings}build: {functions: {IngestFunction: 700 KB}}\n`);
    const run = await here('build');
    writeFileSync(handler, source);
    writeFileSync(join(folder, 'gear.yaml'), settings);
    expect(run).toMatchObject({exitCode: 1, stderr: ''});
    expect(run.stdout).toMatch(
      /\nIngestFunction has [\d.]+ KB, which is over its budget of 700 KB\n {2}Since the last build within its budget:\n {4}@aws-sdk\/client-lambda +\+\d+ KB +new\n/,
    );
    expect((await here('build', '--json')).json<Built>()).toMatchObject({built: 1, unchanged: 1});
  });

  test('tells every error with file and line, and exits 2', async () => {
    const handler = join(folder, 'src/functions/redrive/handler.ts');
    const source = readFileSync(handler, 'utf8');
    writeFileSync(handler, `import {rate} from 'not-a-package';\n${source}`);
    const run = await here('build', '--json');
    writeFileSync(handler, source);
    expect(run.exitCode).toBe(2);
    expect(run.json()).toEqual({
      error: {
        code: 'BUNDLE_FAILED',
        message: 'src/functions/redrive/handler.ts:1:20: the package not-a-package is not installed',
        suggestions: ['npm install'],
      },
    });
    expect(await here('build')).toMatchObject({exitCode: 0});
  });

  test('is what gear deploy and aws cloudformation package go on from', async context => {
    const deployed = await here('deploy', '--local');
    expect(deployed).toMatchObject({exitCode: 0});
    expect(deployed.stderr).toMatch(/ {2}IngestFunction {2}\d+ KB, \d+ KB zipped, unchanged\n/);
    if ((await execa('aws', ['--version'], {reject: false})).failed)
      return context.skip('there is no aws CLI on this machine');
    expect(await here('local', 'aws', '--', 's3', 'mb', 's3://packages')).toMatchObject({exitCode: 0});
    const args = ['--template-file', 'template.yaml', '--s3-bucket', 'packages', '--output-template-file', 'out.yaml'];
    const packaged = await here('local', 'aws', '--', 'cloudformation', 'package', ...args);
    expect(packaged).toMatchObject({exitCode: 0});
    const key = /S3Bucket: packages\n\s+S3Key: (\S+)/.exec(readFileSync(join(folder, 'out.yaml'), 'utf8'))?.[1];
    await here('local', 'aws', '--', 's3', 'cp', `s3://packages/${key}`, 'package.zip');
    const files = unzipSync(readFileSync(join(folder, 'package.zip')));
    expect(Object.keys(files)).toEqual(['index.mjs']);
    expect(Buffer.from(files['index.mjs']!)).toEqual(readFileSync(join(folder, 'dist/ingest/index.mjs')));
  });
});

test('the zips of a service are the same in another folder, zone and umask, and at another time', async () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'gear-built-'));
  try {
    const service = join(elsewhere, 'a folder');
    await execa('cp', ['-R', folder, service]);
    rmSync(join(service, 'dist'), {recursive: true, force: true});
    rmSync(join(service, '.gear'), {recursive: true, force: true});
    await execa('find', [service, '-type', 'f', '-exec', 'touch', '-d', '2001-09-09', '{}', '+']);
    await execa('ln', ['-s', join(repository, 'node_modules'), join(elsewhere, 'node_modules')]);
    const script = `umask 077; exec "$0" "${join(repository, 'bin/run.js')}" build --json`;
    const {stdout} = await execa('sh', ['-c', script, process.execPath], {
      cwd: service,
      env: {TZ: 'Australia/Lord_Howe', LC_ALL: 'C'},
    });
    const hashes = (json: string) => (JSON.parse(json) as Built).functions.map(({hash}) => hash);
    expect(hashes(stdout)).toEqual(hashes((await here('build', '--json')).stdout));
    for (const name of ['IngestFunction', 'RedriveFunction'])
      expect(
        readFileSync(join(service, `.gear/build/template.yaml/${name}.zip`)).equals(
          readFileSync(join(folder, `.gear/build/template.yaml/${name}.zip`)),
        ),
      ).toBe(true);
  } finally {
    rmSync(elsewhere, {recursive: true, force: true});
  }
});
