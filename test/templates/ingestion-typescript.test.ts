import {mkdirSync, rmSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {execa} from 'execa';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {bundleFunction} from '../../src/bundle/bundle-function.ts';
import {renderService} from '../../src/scaffold/render-service.ts';
import {writeService} from '../../src/scaffold/write-service.ts';

/** Inside the repository, so that the service finds its packages in gear's node_modules. */
const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(root, '.test', `ingestion-${process.pid}`);

beforeAll(async () => {
  mkdirSync(join(root, '.test'), {recursive: true});
  await writeService(folder, await renderService({template: 'ingestion', language: 'typescript', name: 'orders'}));
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));

/** The service's own scripts, as its developers run them. */
async function run(command: string, ...argv: string[]): Promise<{exitCode: number | undefined; output: string}> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_|AWS_|GEAR_)/.test(name)),
  );
  const {exitCode, all, code} = await execa(command, argv, {
    cwd: folder,
    env: {...env, NO_COLOR: '1'},
    extendEnv: false,
    preferLocal: true,
    localDir: root,
    all: true,
    reject: false,
  });
  return {exitCode: code === 'ENOENT' ? undefined : exitCode, output: all};
}

it('type-checks', async () => {
  expect(await run('tsc', '-p', '.')).toEqual({exitCode: 0, output: ''});
});

it('passes its own tests', async () => {
  expect(await run('vitest', 'run')).toMatchObject({exitCode: 0, output: expect.stringContaining('passed')});
});

it('gives cfn-lint nothing to say', async context => {
  const {exitCode, output} = await run('cfn-lint', 'template.yaml');
  if (exitCode === undefined) context.skip('cfn-lint is not installed');
  expect({exitCode, output}).toEqual({exitCode: 0, output: ''});
});

it.each(['ingest', 'redrive'])('bundles %s to well under 1 MB, and the bundle starts', async name => {
  const entry = `src/functions/${name}/handler.ts`;
  await bundleFunction({folder, entry, output: `dist/${name}`});
  const bundle = join(folder, 'dist', name, 'index.mjs');
  expect(statSync(bundle).size).toBeLessThan(750_000);
  const settings = {
    TABLE_NAME: 'objects',
    IDEMPOTENCY_TABLE_NAME: 'idempotency',
    DEAD_LETTER_QUEUE_URL: 'http://127.0.0.1/dead-letters',
    INGEST_QUEUE_URL: 'http://127.0.0.1/ingest',
    MAXIMUM_ATTEMPTS: '5',
    FIRST_DELAY_SECONDS: '5',
    AWS_REGION: 'us-east-1',
  };
  const script = `import(${JSON.stringify(bundle)}).then(({handler}) => console.log(typeof handler))`;
  const {stdout} = await execa(process.execPath, ['-e', script], {env: settings});
  expect(stdout).toBe('function');
});
