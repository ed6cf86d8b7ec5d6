// The tour: every command is shown as a person would type it, then run, and what it prints is what is seen.
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {styleText} from 'node:util';
import {execa} from 'execa';
import {demoFiles} from './demo-files.ts';

const gearPath = fileURLToPath(new URL('../bin/run.js', import.meta.url));

const folder = await mkdtemp(join(tmpdir(), 'gear-demo-'));
const started = Date.now();
let cloudRuns = false;

process.once('SIGINT', () => void end(130));
process.once('SIGTERM', () => void end(143));

try {
  tell('A service, written with one role for each function');
  await gear('new service orders --template ingestion --language typescript --yes');

  tell('Its template, audited');
  await gear('audit orders');

  tell('The same road as to AWS, to an AWS on this machine');
  cloudRuns = true;
  const deployed = await gear('deploy orders --local');
  const bucket = output(deployed, 'InboxBucketName');
  const table = output(deployed, 'ObjectTableName');

  tell('Real files: good ones, one that is cut off, and a manifest whose part is not there yet');
  await mkdir(join(folder, 'inbox'));
  const files = demoFiles();
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, 'inbox', name), bytes);
  const late = 'march.csv';
  const first = Object.keys(files).filter(name => name !== late);
  await gear(`local put ${first.map(name => `inbox/${name}`).join(' ')} s3://${bucket}/incoming/`);

  tell('The manifest fails, and is sent back with a delay. Meanwhile its part arrives');
  await until('the manifest is sent back', sentBack);
  await gear(`local put inbox/${late} s3://${bucket}/incoming/`);

  tell('Some seconds later: a row for each object, and for the one that was cut off the record of its failure');
  await until('a row for each object', () => hasRows(table, first.length + 1));
  await gear(`local rows ${table}`);

  tell('What is deployed, audited by the same rules');
  await gear('audit --local');

  tell('What each role grants, and what the run used of it');
  await gear('local usage');
} catch (error) {
  process.exitCode = 1;
  process.stderr.write(`${styleText('red', 'The demo stopped:')} ${error instanceof Error ? error.message : error}\n`);
} finally {
  await end(process.exitCode as number | undefined);
}

function tell(text: string): void {
  process.stdout.write(`\n${styleText('cyan', `# ${text}`, {stream: process.stdout})}\n`);
}

async function gear(line: string): Promise<string> {
  process.stdout.write(`${styleText('bold', `$ gear ${line}`, {stream: process.stdout})}\n`);
  const {stdout, exitCode} = await execa(process.execPath, [gearPath, ...line.split(' ')], {
    cwd: folder,
    stdin: 'ignore',
    stdout: ['pipe', 'inherit'],
    stderr: 'inherit',
    reject: false,
    env: process.stdout.isTTY ? {FORCE_COLOR: process.env.NO_COLOR ? '0' : '1'} : {},
  });
  if (exitCode !== 0) throw new Error(`gear ${line} ended with exit code ${exitCode}`);
  return stdout;
}

/** From the outputs that a deployment prints. */
function output(text: string, key: string): string {
  const value = new RegExp(`^\\s+${key}\\s+(\\S+)`, 'm').exec(text)?.[1];
  if (value === undefined) throw new Error(`the deployment has no output ${key}`);
  return value;
}

/** What a command answers, for this script only. */
async function ask<T>(line: string): Promise<T> {
  const {stdout} = await execa(process.execPath, [gearPath, ...line.split(' '), '--json'], {cwd: folder});
  return JSON.parse(stdout) as T;
}

async function sentBack(): Promise<boolean> {
  const {functions} = await ask<{functions: {granted: {sid?: string; status: string}[]}[]}>('local usage');
  return functions.some(({granted}) => granted.some(({sid, status}) => sid === 'SendBack' && status === 'used'));
}

async function hasRows(table: string, count: number): Promise<boolean> {
  const {items} = await ask<{items: unknown[]}>(`local rows ${table}`);
  return items.length >= count;
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 40_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`not within 40 seconds: ${what}`);
    await new Promise(resolve => setTimeout(resolve, 300));
  }
}

async function end(code: number | undefined): Promise<void> {
  if (cloudRuns) {
    cloudRuns = false;
    tell('Everything that was started is stopped');
    await gear('local stop').catch(() => {});
  }
  await rm(folder, {recursive: true, force: true});
  if (code !== undefined && code !== 0) process.exit(code);
  process.stdout.write(`\n${folder} is removed. The demo took ${((Date.now() - started) / 1000).toFixed(0)} s.\n`);
}
