import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {type AwsClients, awsClients} from '../../src/aws/clients.ts';
import {parseTemplate} from '../../src/cloudformation/parse.ts';
import {deployStack} from '../../src/deploy/deploy-stack.ts';
import {type LocalCloud, startLocalCloud} from '../../src/local/cloud.ts';
import {flakyWay} from '../flaky-aws/flaky-way.ts';
import {cleanEnvironment, gearPath} from './gear.ts';
import {inTerminal, noTerminal, type Step} from './in-terminal.ts';

/** Its alias shifts traffic by the cloud's clock: an update lasts until the test puts it forward. */
const text = readFileSync(new URL('../local/stack/fixtures/canary.yaml', import.meta.url), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'gear-terminal-'));
let cloud: LocalCloud;
let clients: AwsClients;
beforeAll(async () => {
  writeFileSync(join(folder, 'template.yaml'), text);
  cloud = await startLocalCloud();
  clients = awsClients(cloud);
  await deployStack(clients, {
    stackName: 'shop',
    template: parseTemplate(text, 'template.yaml'),
    source: {body: text},
    parameters: {Code: 'exports.handler = async () => 1;'},
    pollMilliseconds: 2,
    onEvent: () => {},
    approve: async () => true,
  });
});
afterAll(async () => {
  await cloud.close();
  rmSync(folder, {recursive: true, force: true});
});

const why = noTerminal();

interface Otherwise {
  readonly columns?: number;
  readonly rows?: number;
  readonly endpoint?: string;
}

function run(args: readonly string[], steps: readonly Step[], {endpoint = cloud.endpoint, ...size}: Otherwise = {}) {
  return inTerminal([...args, ...onShop(endpoint)], steps, {...size, cwd: folder, env: environment()});
}

const onShop = (endpoint = cloud.endpoint) => ['--stack', 'shop', '--endpoint-url', endpoint];

function environment() {
  const {region, credentials} = cloud;
  return {
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
}

const update = (...more: string[]) => [
  ...['deploy', '--no-audit', '--approve', 'any', '--parameter', 'Code=exports.handler = async () => 2;'],
  ...more,
];
const controlC = '\x03';

async function standing() {
  const client = await clients.cloudFormation();
  const {Stacks: [stack] = []} = await client.describeStacks({StackName: 'shop'});
  const {Summaries = []} = await client.listChangeSets({StackName: 'shop'});
  return {status: stack?.StackStatus, changeSets: Summaries.length};
}

test('a reader that goes away is ^C for a deployment, of which nothing is left', async () => {
  const args = [gearPath, ...update('--json'), ...onShop()];
  const child = spawn(process.execPath, args, {cwd: folder, env: {...cleanEnvironment(), ...environment()}});
  // Both, as in 2>&1 | head -1.
  child.stderr.once('data', () => {
    child.stderr.destroy();
    child.stdout.destroy();
  });
  expect(await once(child, 'exit')).toEqual([130, null]);
  expect(await standing()).toEqual({status: 'CREATE_COMPLETE', changeSets: 0});
});

test('a terminal that is closed is nothing to what nohup started', async () => {
  const plan = ['deploy', '--plan', '--no-audit', '--parameter', 'Code=exports.handler = async () => 3;', ...onShop()];
  const child = spawn(process.execPath, [gearPath, ...plan], {
    cwd: folder,
    env: {...cleanEnvironment(), ...environment()},
  });
  child.stderr.on('data', said => String(said).includes('Creating a change set') && child.kill('SIGHUP'));
  expect(await once(child, 'exit')).toEqual([0, null]);
  const client = await clients.cloudFormation();
  const {Summaries: [kept] = []} = await client.listChangeSets({StackName: 'shop'});
  await client.deleteChangeSet({ChangeSetName: kept!.ChangeSetId!});
});

describe.skipIf(why !== undefined)(`on a terminal${why === undefined ? '' : `: skipped, for ${why}`}`, () => {
  test.each([
    ['no', 'n\r', 4, 'Error: Nothing was deployed: the changes to shop were not approved'],
    ['^C', controlC, 130, 'Interrupted. Nothing was deployed.'],
    ['SIGTERM', 'SIGTERM', 130, 'Interrupted. Nothing was deployed.'],
    ['a terminal that is closed', 'HANGUP', 130, undefined],
  ])('%s instead of an approval deploys nothing, and leaves nothing', async (_, answer, status, last) => {
    const ended = await run(update('--parameter', 'Broken=yes'), [{said: /Execute these changes\?/, answer}], {
      columns: 40,
    });
    expect(ended.status).toBe(status);
    // Broken between words, as the terminal is narrow.
    if (last !== undefined) expect(ended.lines.map(line => line.trim()).join(' ')).toContain(last);
    expect(await standing()).toEqual({status: 'CREATE_COMPLETE', changeSets: 0});
  });

  test('a second ^C leaves at once, whatever the first one waits for', async () => {
    // Asked again and again, for half a minute.
    const port = Number(new URL(cloud.endpoint).port);
    const way = await flakyWay(cloud.endpoint, ({call}) => (call === 'CreateChangeSet' ? 'ill' : undefined), port);
    const hurry = {said: /Creating a change set/, answer: controlC, untilItEnds: true};
    const {status} = await run(update(), [hurry], {endpoint: `http://[::1]:${port}`});
    way.close();
    expect(status).toBe(-2);
  });

  test('^C while CloudFormation works detaches and says how to go on, on a terminal without a size, too', async () => {
    const steps = [
      {said: /Execute these changes\?/, answer: 'y\r'},
      {said: /Executing it/, answer: controlC},
    ];
    const {status, lines} = await run(update(), steps, {columns: 0, rows: 0});
    expect(status).toBe(130);
    expect(lines).toContain('Detached. CloudFormation goes on with shop.');
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}Try: gear deploy --watch --stack shop .*, to watch on$/));
    expect(lines.filter(line => line.includes('…'))).toEqual([]);
    expect((await standing()).status).toBe('UPDATE_IN_PROGRESS');
    await cloud.forward(6 * 60_000);
  });

  test.each([
    ['another name', 'orders\r', 4, 'Nothing was deleted'],
    ['^C', controlC, 130, 'Interrupted. Nothing was deleted.'],
  ])('%s instead of the name of a stack deletes nothing', async (_, answer, status, last) => {
    const ended = await run(['destroy'], [{said: /Type shop/, answer}]);
    expect(ended.status).toBe(status);
    expect(ended.lines).toContain(last);
    expect((await standing()).status).toBe('UPDATE_COMPLETE');
  });
});
