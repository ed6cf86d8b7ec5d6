import {existsSync, mkdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {join} from 'node:path';
import {CreateQueueCommand, ListQueuesCommand, SendMessageCommand, SQSClient} from '@aws-sdk/client-sqs';
import {beforeEach, describe, expect, it} from 'vitest';
import {
  ensureLocalCloud,
  findLocalCloud,
  type LocalConnection,
  requireLocalCloud,
  resetLocalCloud,
  stopLocalCloud,
} from '../../src/local/connection.ts';
import {askHealth} from '../../src/local/control-client.ts';
import {localFolder} from '../../src/local/local-folder.ts';
import {clientSettings, openProject, project} from './daemon-project.ts';

beforeEach(openProject);

function client(cloud: LocalConnection): SQSClient {
  return new SQSClient(clientSettings(cloud));
}

function modeOf(path: string): string {
  return (statSync(path).mode & 0o777).toString(8);
}

async function hasEnded(pid: number): Promise<void> {
  await expect.poll(() => isAlive(pid), {timeout: 5000, interval: 10}).toBe(false);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

// Each starts a process or several, which takes its time on a busy machine.
describe('the daemon', {timeout: 30_000}, () => {
  it('starts, is found, answers once more when it is asked to start again, and stops', async () => {
    const {cloud, started} = await ensureLocalCloud(project, {port: 0});
    expect(started).toBe(true);
    expect(await findLocalCloud(project)).toEqual(cloud);
    expect(await ensureLocalCloud(project)).toEqual({cloud, started: false});
    expect(await askHealth(cloud)).toMatchObject({status: 'running', pid: cloud.pid, region: 'us-east-1', stacks: []});
    expect((await stopLocalCloud(project))?.pid).toBe(cloud.pid);
    await hasEnded(cloud.pid);
    expect(await findLocalCloud(project)).toBeUndefined();
    expect(existsSync(join(localFolder(project), 'cloud.json'))).toBe(false);
  });

  it('keeps its folder, its keys and its state to its owner and out of git', async () => {
    await ensureLocalCloud(project, {port: 0});
    const folder = localFolder(project);
    expect(modeOf(folder)).toBe('700');
    for (const file of ['cloud.json', 'state.sqlite', 'daemon.log'])
      expect([file, modeOf(join(folder, file))]).toEqual([file, '600']);
    expect(readFileSync(join(folder, '.gitignore'), 'utf8')).toBe('*\n');
  });

  it('loses nothing it acknowledged when it is killed, and comes back on its port', async () => {
    const {cloud} = await ensureLocalCloud(project, {port: 0});
    const {QueueUrl} = await client(cloud).send(new CreateQueueCommand({QueueName: 'orders'}));
    await client(cloud).send(new SendMessageCommand({QueueUrl, MessageBody: 'a'}));
    process.kill(cloud.pid, 'SIGKILL');
    await hasEnded(cloud.pid);
    expect(await findLocalCloud(project)).toBeUndefined();
    const {cloud: again} = await ensureLocalCloud(project);
    expect(again).toMatchObject({port: cloud.port, accessKeyId: cloud.accessKeyId});
    expect(again.pid).not.toBe(cloud.pid);
    expect((await client(again).send(new ListQueuesCommand({}))).QueueUrls).toEqual([QueueUrl]);
  });

  it('begins a new log when the last one has grown long, and keeps that', async () => {
    const log = join(localFolder(project), 'daemon.log');
    mkdirSync(localFolder(project), {recursive: true});
    writeFileSync(log, 'a line\n'.repeat(200_000));
    await ensureLocalCloud(project, {port: 0});
    expect(readFileSync(log, 'utf8')).toMatch(/^\S+ gear local .* is ready/);
    expect(statSync(`${log}.1`).size).toBe(1_400_000);
  });

  it('ends by itself when nobody has used it for long', async () => {
    const {cloud} = await ensureLocalCloud(project, {port: 0, idle: 1});
    await hasEnded(cloud.pid);
    expect(await findLocalCloud(project)).toBeUndefined();
  });

  it('ends on SIGTERM', async () => {
    const {cloud} = await ensureLocalCloud(project, {port: 0});
    process.kill(cloud.pid, 'SIGTERM');
    await hasEnded(cloud.pid);
    expect(existsSync(join(localFolder(project), 'cloud.json'))).toBe(false);
  });

  it('says that a port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise(resolve => other.once('listening', resolve));
    const {port} = other.address() as {port: number};
    await expect(ensureLocalCloud(project, {port})).rejects.toMatchObject({
      code: 'PORT_NOT_AVAILABLE',
      message: `Port ${port} on 127.0.0.1 is in use by another program`,
    });
    other.close();
  });

  it('is one per folder, also when it is started twice at the same time', async () => {
    const both = await Promise.all([ensureLocalCloud(project, {port: 0}), ensureLocalCloud(project, {port: 0})]);
    expect(both[0].cloud).toEqual(both[1].cloud);
    expect(both.map(({started}) => started).sort()).toEqual([false, true]);
  });

  it('does not change its region under what is deployed', async () => {
    await ensureLocalCloud(project, {port: 0, region: 'eu-west-1'});
    await stopLocalCloud(project);
    await expect(ensureLocalCloud(project, {port: 0, region: 'us-west-2'})).rejects.toThrow(/of region eu-west-1/);
    expect(await resetLocalCloud(project)).toBe(true);
    expect(existsSync(localFolder(project))).toBe(false);
  });
});

describe('a project', () => {
  it('without a cloud gets a sentence and what to type', async () => {
    await expect(requireLocalCloud(project)).rejects.toMatchObject({
      code: 'LOCAL_NOT_RUNNING',
      suggestions: [`gear local start --dir ${project}`],
      exit: 2,
    });
    expect(await resetLocalCloud(project)).toBe(false);
  });

  it('is not taken in by a cloud.json that was left behind', async () => {
    const folder = localFolder(project);
    mkdirSync(folder, {recursive: true});
    for (const text of ['', '{"pid": 1}', JSON.stringify({pid: 2 ** 30, endpoint: 'http://127.0.0.1:1', token: 't'})]) {
      writeFileSync(join(folder, 'cloud.json'), text);
      expect(await findLocalCloud(project)).toBeUndefined();
    }
    // Alive, but no cloud: the process id was given to somebody else.
    writeFileSync(
      join(folder, 'cloud.json'),
      JSON.stringify({pid: process.pid, endpoint: 'http://127.0.0.1:1', token: 't'}),
    );
    expect(await findLocalCloud(project)).toBeUndefined();
  });
});
