import {globSync, mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {execa} from 'execa';
import {afterAll, describe, expect, test} from 'vitest';
import {gear, gearPath, repository} from './gear.ts';

interface Manifest {
  readonly commands: Record<
    string,
    {readonly id: string; readonly summary?: string; readonly examples?: unknown[]; readonly hidden?: boolean}
  >;
}
const manifest: Manifest = JSON.parse(readFileSync(`${repository}/oclif.manifest.json`, 'utf8'));
const commands = Object.values(manifest.commands).filter(({hidden}) => hidden !== true);

const empty = mkdtempSync(join(tmpdir(), 'gear-command-line-'));
afterAll(() => rmSync(empty, {recursive: true, force: true}));

describe('help', () => {
  test('lists the commands and goes to standard output', async () => {
    const {stdout, exitCode} = await gear(['--help']);
    expect(exitCode).toBe(0);
    for (const word of ['new', 'audit', 'deploy', 'local']) expect(stdout).toMatch(new RegExp(`^  ${word} `, 'm'));
    expect(stdout.match(/^ {2}audit /gm)).toHaveLength(1);
    expect(stdout).toContain('$ gear deploy orders --local');
  });

  // `gear help --help` is the help of gear itself.
  test.each(
    commands.filter(({id}) => id !== 'help').map(command => [command.id.replaceAll(':', ' '), command] as const),
  )('%s has a summary and an example', async (id, command) => {
    expect(command.summary?.length ?? 99).toBeLessThan(61);
    expect(command.examples?.length ?? 0).toBeGreaterThan(0);
    const {stdout, exitCode} = await gear([...id.split(' '), '--help']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(command.summary);
    expect(stdout).toContain('EXAMPLES');
    expect(stdout).toContain(`$ gear ${id}`);
  });

  test('of a command is also what gear help tells about it', async () => {
    expect(await gear(['help', 'local', 'start'])).toEqual({
      ...(await gear(['local', 'start', '--help'])),
      json: expect.anything(),
    });
  });

  test('survives a reader that closes the pipe early', async () => {
    const {exitCode, stderr} = await execa(
      'bash',
      ['-c', `"${process.execPath}" "${gearPath}" --help | head -1; exit \${PIPESTATUS[0]}`],
      {reject: false},
    );
    expect({exitCode, stderr}).toEqual({exitCode: 0, stderr: ''});
  });
});

describe('what is typed wrong', () => {
  test('an unknown flag is a usage error', async () => {
    const {stdout, stderr, exitCode} = await gear(['deploy', '--locl']);
    expect({stdout, exitCode}).toEqual({stdout: '', exitCode: 2});
    expect(stderr).toMatch(/^Error: Nonexistent flag: --locl/);
  });

  test('with --json the error is a document, and the exit code the same', async () => {
    const run = await gear(['deploy', '--locl', '--json']);
    expect(run.exitCode).toBe(2);
    expect(run.json()).toMatchObject({error: {code: 'USAGE', message: expect.stringContaining('--locl')}});
  });

  test('an unknown command is a usage error with and without --json', async () => {
    expect(await gear(['frobnicate'])).toMatchObject({exitCode: 2, stderr: expect.stringContaining('frobnicate')});
    const run = await gear(['frobnicate', '--json']);
    expect(run.exitCode).toBe(2);
    expect(run.json()).toMatchObject({error: {code: 'USAGE'}});
  });
});

test.each([
  ['a folder that is not there', ['local', 'start', '--dir', 'nowhere'], 'There is no folder nowhere'],
  ['a region that is none', ['local', 'start', '--region', 'moon'], 'moon is no AWS region'],
  ['a region beside --local', ['deploy', '--local', '--region', 'eu-central-1'], '--region=eu-central-1 cannot be'],
  [
    'a parameter without a value',
    ['deploy', '--local', '--parameter', 'Stage'],
    '--parameter Stage is not of the form',
  ],
  ['a plan beside --cancel', ['deploy', '--cancel', '--plan'], '--plan=true cannot be given with --cancel'],
  [
    'a parameter beside --watch',
    ['deploy', '--watch', '--parameter', 'Stage=a'],
    '--parameter=Stage=a cannot be given with --watch',
  ],
  [
    'an approval beside --hotswap',
    ['deploy', '--hotswap', '--approve', 'any'],
    '--approve=any cannot be given with --hotswap',
  ],
  ['every region beside --fix', ['audit', '--fix', '--all-regions'], '--all-regions=true cannot be given with --fix'],
  ['a group’s unknown command', ['local', 'stauts'], 'There is no command gear local stauts\n  Try: gear local status'],
])('%s is refused before anything is started', async (_, args, message) => {
  const {exitCode, stderr, stdout} = await gear(args, {cwd: empty});
  expect({exitCode, stdout}).toEqual({exitCode: 2, stdout: ''});
  expect(stderr).toContain(`Error: ${message}`);
  expect(readdirSync(empty)).toEqual([]);
});

test('what nobody catches is a bug, and no finding', async () => {
  const late = "process.once('beforeExit', () => { throw new Error('lost'); })";
  const run = await execa(process.execPath, ['--import', `data:text/javascript,${late}`, gearPath, '--help'], {
    reject: false,
  });
  expect(run).toMatchObject({exitCode: 70, stderr: expect.stringContaining('This is a bug in gear')});
});

test('--version --verbose tells how old the IAM data is', async () => {
  const {stdout} = await gear(['--version', '--verbose']);
  expect(stdout).toMatch(/^serverless-gear\/.*\nIAM actions and resources as of \d{4}-\d\d-\d\d$/);
});

describe('the version', () => {
  test('is the same whether oclif is asked for it or not', async () => {
    const {stdout, exitCode} = await gear(['--version']);
    expect(exitCode).toBe(0);
    expect(stdout).toBe((await gear(['--version', '--json'])).stdout);
  });
});

describe('versions of Node', () => {
  const old = globSync('/usr/bin/node').find(() => true);

  test('an older Node gets one plain sentence', async context => {
    const version = old === undefined ? '' : (await execa(old, ['--version'])).stdout;
    const [major, minor] = version.slice(1).split('.').map(Number);
    if (version === '' || major! > 22 || (major === 22 && minor! >= 13))
      return context.skip('no older Node on this machine');
    const {exitCode, stdout, stderr} = await execa(old!, [gearPath, '--help'], {reject: false});
    expect({exitCode, stdout, stderr}).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `gear needs Node 22.13 or newer; this is ${version.slice(1)}.`,
    });
  });
});

test('a command’s help loads no AWS client', async () => {
  const script = `
    import {registerHooks} from 'node:module';
    const loaded = [];
    registerHooks({load(url, context, next) { if (url.includes('/@aws-sdk/')) loaded.push(url); return next(url, context); }});
    process.argv.splice(1, 0, ${JSON.stringify(gearPath)});
    process.argv.push('deploy', '--help');
    process.on('exit', () => process.stderr.write(JSON.stringify(loaded)));
    await import(${JSON.stringify(gearPath)});`;
  const {stdout, stderr} = await execa(process.execPath, ['--input-type=module', '-e', script], {reject: false});
  expect(stdout).toContain('EXAMPLES');
  expect(JSON.parse(stderr)).toEqual([]);
});
