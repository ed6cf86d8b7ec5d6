import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {execa} from 'execa';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {type Clients, eventually, rows, ServiceUnderTest} from './service.ts';

const service = new ServiceUnderTest();

beforeAll(async () => {
  await service.create();
  // Short, so that what a killed invocation held comes back while the test waits.
  service.edit(template =>
    template
      .replaceAll(/Timeout: (?:30|15)$/gm, 'Timeout: 3')
      .replace('VisibilityTimeout: 180', 'VisibilityTimeout: 4')
      .replace('VisibilityTimeout: 90', 'VisibilityTimeout: 4'),
  );
  await service.deploy();
}, 120_000);
afterAll(() => service.remove());

test('SIGKILL in the middle of a run loses no object, no message and no row, and leaves no process behind', {
  timeout: 150_000,
}, async () => {
  let clients: Clients = await service.clients();
  const {InboxBucketName: bucket = '', ObjectTableName: table = ''} = service.outputs;
  const acknowledged: string[] = [];
  const send = (async () => {
    for (let n = 0; n < 200; n++) {
      const key = `incoming/${n}.json`;
      try {
        await clients.s3.putObject({Bucket: bucket, Key: key, Body: JSON.stringify({n})});
        acknowledged.push(key);
      } catch {
        return;
      }
    }
  })();
  await eventually(
    () => rows(clients, table),
    found => found.length > 10,
  );
  const rowsBefore = (await rows(clients, table)).map(({object}) => object);
  const {pid} = JSON.parse(readFileSync(join(service.folder, '.gear/local/cloud.json'), 'utf8')) as {pid: number};
  const children = await childrenOf(pid);
  expect(children.length).toBeGreaterThan(0);
  process.kill(pid, 'SIGKILL');
  await send;

  expect(await service.gear('local', 'start')).toMatchObject({exitCode: 0});
  await eventually(
    () => Promise.resolve(children.filter(isAlive)),
    alive => alive.length === 0,
    10,
  );
  clients = await service.clients();
  const found = await eventually(
    () => rows(clients, table),
    all =>
      acknowledged.every(key => all.some(row => row.object === `s3://${bucket}/${key}` && row.record === 'metadata')),
    90,
  );
  for (const object of rowsBefore) expect(found.map(row => row.object)).toContain(object);
  for (const key of acknowledged) {
    const {Body} = await clients.s3.getObject({Bucket: bucket, Key: key});
    expect(JSON.parse(await Body!.transformToString())).toHaveProperty('n');
  }
});

async function childrenOf(pid: number): Promise<number[]> {
  const {stdout} = await execa('ps', ['-A', '-o', 'pid=,ppid='], {reject: false});
  return stdout
    .split('\n')
    .map(line => line.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === pid)
    .map(([child]) => child!);
}

/** A zombie waits for nobody here: it has ended. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
