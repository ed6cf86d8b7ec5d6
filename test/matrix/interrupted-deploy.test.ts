import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {CloudFormation} from '@aws-sdk/client-cloudformation';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {requireLocalCloud} from '../../src/local/connection.ts';
import {gear, gearPath} from '../e2e/gear.ts';

/** Its alias shifts traffic by the cloud's clock: an update lasts until the test puts it forward. */
const template = readFileSync(new URL('../local/stack/fixtures/canary.yaml', import.meta.url), 'utf8')
  .replace('  Code: {Type: String}', '  Release: {Type: String}')
  .replace('{ZipFile: !Ref Code}', './code')
  .replace('!Ref Code', '!Ref Release');

let root: string;
let folder: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'gear-interrupted-'));
  folder = join(root, 'shop');
  mkdirSync(join(folder, 'code'), {recursive: true});
  writeFileSync(join(folder, 'template.yaml'), template);
  release(1);
});
afterAll(async () => {
  await gear(['local', 'stop'], {cwd: folder});
  rmSync(root, {recursive: true, force: true});
});

function release(number: number): readonly string[] {
  writeFileSync(join(folder, 'code/index.mjs'), `export const handler = async () => ${number};`);
  return ['deploy', '--local', '--parameter', `Release=${number}`];
}

interface Running {
  readonly child: ChildProcess;
  said(pattern: RegExp): Promise<void>;
  ended(): Promise<{exitCode: number | null; stderr: string; stdout: string}>;
}

function begin(args: readonly string[]): Running {
  const child = spawn(process.execPath, [gearPath, ...args], {cwd: folder, stdio: ['ignore', 'pipe', 'pipe']});
  const out = {stdout: '', stderr: ''};
  for (const name of ['stdout', 'stderr'] as const) child[name]!.on('data', bytes => (out[name] += bytes));
  const exit = once(child, 'exit').then(([code]) => code as number | null);
  return {
    child,
    async said(pattern) {
      while (!pattern.test(out.stderr)) {
        if (child.exitCode !== null) throw new Error(`it ended without saying ${pattern}:\n${out.stderr}${out.stdout}`);
        await Promise.race([once(child.stderr!, 'data'), exit]);
      }
    },
    ended: async () => ({exitCode: await exit, ...out}),
  };
}

async function leftBehind() {
  const {endpoint, region, accessKeyId, secretAccessKey} = await requireLocalCloud(folder);
  const client = new CloudFormation({endpoint, region, credentials: {accessKeyId, secretAccessKey}});
  const {Stacks = []} = await client.describeStacks({});
  const open = await Promise.all(Stacks.map(({StackName}) => client.listChangeSets({StackName})));
  return {
    stacks: Stacks.map(({StackName, StackStatus}) => `${StackName} ${StackStatus}`).sort(),
    changeSets: open.flatMap(({Summaries = []}) => Summaries.map(({ChangeSetName}) => ChangeSetName)),
  };
}

test('a first deployment that is killed again and again, each time a step further, is done in the end', async () => {
  for (const step of [
    /Bundling/,
    /Creating the artefact bucket|Uploading/,
    /Uploading/,
    /Creating a change set/,
    /Executing it/,
  ]) {
    const run = begin(release(1));
    await run.said(step);
    run.child.kill('SIGKILL');
    await run.ended();
  }
  const last = await gear(release(1), {cwd: folder});
  expect(last).toMatchObject({exitCode: 0});
  expect(await leftBehind()).toEqual({
    stacks: ['gear-artifacts CREATE_COMPLETE', 'shop CREATE_COMPLETE'],
    changeSets: [],
  });
});

test('an update that is killed in the middle goes on, and the next deployment waits for it', async () => {
  const first = begin(release(2));
  await first.said(/10 % on version/);
  first.child.kill('SIGKILL');
  const second = begin(release(2));
  await second.said(/Waiting for another deployment of shop: it is in UPDATE_IN_PROGRESS/);
  await gear(['local', 'time', '+6m'], {cwd: folder});
  expect(await second.ended()).toMatchObject({exitCode: 0, stdout: expect.stringContaining('nothing was changed')});
});

test('^C says how to watch on, --watch does to the end, and --cancel takes an update back', async () => {
  const first = begin(release(3));
  await first.said(/10 % on version/);
  first.child.kill('SIGINT');
  const detached = await first.ended();
  expect(detached.exitCode).toBe(130);
  expect(detached.stderr).toContain(
    'Detached. CloudFormation goes on with shop.\n  Try: gear deploy --watch --stack shop --local, to watch on\n  Try: gear deploy --cancel --stack shop --local, to cancel it\n',
  );
  const watching = begin(['deploy', '--watch', '--stack', 'shop', '--local']);
  await watching.said(/10 % on version/);
  await gear(['local', 'time', '+6m'], {cwd: folder});
  expect(await watching.ended()).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('shop is in UPDATE_COMPLETE'),
  });

  const other = begin(release(4));
  await other.said(/10 % on version/);
  const cancelled = await gear(['deploy', '--cancel', '--local'], {cwd: folder});
  expect(cancelled).toMatchObject({exitCode: 0, stdout: 'Cancelled: shop was rolled back to what it was'});
  const told = 'Error: The deployment of shop was cancelled. The stack shop was rolled back to what it was';
  expect(await other.ended()).toMatchObject({exitCode: 2, stderr: expect.stringContaining(told)});
  expect(await gear(['deploy', '--watch', '--local'], {cwd: folder})).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining(told),
  });
});
