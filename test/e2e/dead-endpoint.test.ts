import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {type LocalCloud, startLocalCloud} from '../../src/local/cloud.ts';
import {flakyWay} from '../flaky-aws/flaky-way.ts';
import {gear} from './gear.ts';

let cloud: LocalCloud;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gear-dead-'));
  writeFileSync(join(folder, 'template.yaml'), 'Resources:\n  Inbox: {Type: AWS::SQS::Queue}\n');
  cloud = await startLocalCloud();
});
afterAll(async () => {
  await cloud.close();
  rmSync(folder, {recursive: true, force: true});
});

test('an endpoint that dies in the middle ends a deployment with what could not be done, and exit code 2', async () => {
  // The embedded AWS answers to its own name, which a way at the same port of the other loopback has, too.
  const port = Number(new URL(cloud.endpoint).port);
  let dead = false;
  const way = await flakyWay(
    cloud.endpoint,
    ({call}) => {
      // From the first package or template on.
      dead ||= call.startsWith('PUT /');
      return dead ? 'not heard' : undefined;
    },
    port,
  );
  const {region, credentials} = cloud;
  const run = await gear(
    ['deploy', '--stack', 'orders', '--endpoint-url', `http://[::1]:${port}`, '--no-audit', '--yes', '--json'],
    {
      cwd: folder,
      env: {
        AWS_REGION: region,
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
        AWS_MAX_ATTEMPTS: '3',
      },
    },
  );
  way.close();
  expect(run).toMatchObject({exitCode: 2});
  expect(run.json()).toMatchObject({type: 'error', error: {code: 'CONNECTION_LOST'}});
  const events = run.stdout
    .split('\n')
    .map(line => JSON.parse(line))
    .filter(({type}) => type === 'retrying');
  expect(events).toMatchObject([
    {call: expect.stringMatching(/^s3:/), trouble: 'connection-lost', asked: 1},
    {asked: 2},
  ]);
});
