import {mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {execa} from 'execa';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {repository} from './gear.ts';

/** The package as a user gets it: packed, and installed in an empty folder without any install script. */
let folder: string;
let installed: boolean;

const npm = (args: readonly string[], cwd: string) =>
  execa('npm', args, {cwd, reject: false, env: {npm_config_loglevel: 'error'}});
const gear = (...args: string[]) =>
  execa(process.execPath, [join(folder, 'node_modules/serverless-gear/bin/run.js'), ...args], {
    cwd: folder,
    reject: false,
  });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gear-pack-'));
  await npm(['pack', '--ignore-scripts', '--pack-destination', folder], repository);
  const [tarball] = readdirSync(folder).filter(name => name.endsWith('.tgz'));
  writeFileSync(join(folder, 'package.json'), '{"private": true}');
  const {exitCode} = await npm(
    ['install', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', `./${tarball}`],
    folder,
  );
  installed = exitCode === 0;
}, 180_000);

afterAll(async () => {
  await gear('local', 'stop');
  rmSync(folder, {recursive: true, force: true});
});

describe('the packed package', {timeout: 120_000}, () => {
  test('holds what it needs and nothing of its tests', async () => {
    const {stdout} = await npm(['pack', '--ignore-scripts', '--dry-run', '--json'], repository);
    const parsed: unknown = JSON.parse(stdout);
    const [{files}] = (Array.isArray(parsed) ? parsed : Object.values(parsed as object)) as [{files: {path: string}[]}];
    const tops = new Set(files.map(({path}) => path.split('/')[0]));
    expect(files.map(({path}) => path)).toContain('dist/reference/ingestion/dist/ingest/index.mjs');
    expect([...tops].sort()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'bin',
      'data',
      'dist',
      'oclif.manifest.json',
      'package.json',
      'templates',
      'types',
    ]);
    expect(
      files.filter(
        ({path}) => /node_modules|\.test\.|\.sqlite|\/\.gear\//.test(path) && !path.startsWith('templates/'),
      ),
    ).toEqual([]);
  });

  test('installed elsewhere it writes, audits and deploys a service', async context => {
    if (!installed) return context.skip('the package’s dependencies cannot be installed here: no registry is reached');
    expect(
      await gear('new', 'service', 'orders', '--template', 'ingestion', '--language', 'typescript', '--yes'),
    ).toMatchObject({exitCode: 0});
    expect(await gear('audit', 'orders')).toMatchObject({exitCode: 0});
    const deployed = await gear('deploy', 'orders', '--local', '--json');
    expect(deployed.stderr).toMatch(/^Deploying orders to account 000000000000, .*\nStarted the embedded AWS for it/);
    expect(deployed.exitCode).toBe(0);
    expect(JSON.parse(deployed.stdout.split('\n').at(-1)!)).toMatchObject({
      changed: true,
      status: 'CREATE_COMPLETE',
      account: '000000000000',
    });
    const reference = await gear('deploy', 'ingestion', '--local', '--json');
    expect(reference.exitCode).toBe(0);
    expect(JSON.parse(reference.stdout.split('\n').at(-1)!)).toMatchObject({
      stack: 'ingestion',
      changed: true,
      status: 'CREATE_COMPLETE',
    });
  });
});
