import {mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {strToU8, zipSync} from 'fflate';
import {afterAll, beforeAll, beforeEach, expect, test} from 'vitest';
import {awsClients} from '../../src/aws/clients.ts';
import {accountClients} from '../../src/cli/account-clients.ts';
import {awsAccountCalls} from '../../src/inventory/account/aws-account-calls.ts';
import {openPackageCache} from '../../src/inventory/account/package-cache.ts';
import {readAccountInventory} from '../../src/inventory/read-account-inventory.ts';
import {accountRecorder} from '../../src/inventory/saved/save-account.ts';
import {account} from '../fake-aws/account-contents.ts';
import {type AccountSize, largeAccount, scaled} from '../fake-aws/account-size.ts';
import {startFakeAws} from '../fake-aws/fake-aws.ts';
import {leapingPace} from '../fake-aws/leaping-pace.ts';

const region = 'eu-central-1';
const identity = {account, region};
const archive = zipSync({
  'index.mjs': strToU8(
    `import {S3Client} from '@aws-sdk/client-s3';\nexport const handler = async () => new S3Client();\n`,
  ),
});
const days = (count: number) => count * 24 * 3_600_000;

let folder: string;
let server: Server;
let requests = 0;
let size: AccountSize;
beforeAll(async () => {
  server = createServer((_, response) => {
    requests += 1;
    const shown = `bytes 0-${archive.length - 1}/${archive.length}`;
    response.writeHead(206, {'content-range': shown}).end(archive);
  }).listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  const archives = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const layers = ['tools', 'prices'].map(name => `arn:aws:lambda:${region}:${account}:layer:${name}:7`);
  size = {...scaled(largeAccount, 0.001), archives, layers};
});
afterAll(() => void server.close());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gear-package-cache-'));
  return () => rmSync(folder, {recursive: true});
});

interface ReadOptions {
  readonly of?: AccountSize;
  readonly at?: number;
  readonly cached?: boolean;
  readonly gear?: string;
  /** A folder, as --save has it. */
  readonly save?: string;
}

/** One audit's reading: what it asked for about packages, and what it read. */
async function read({of = size, at = 0, cached = true, gear = '0.1.0', save}: ReadOptions = {}) {
  const fake = await startFakeAws({size: of});
  requests = 0;
  try {
    const packageCache = cached ? openPackageCache(folder, () => Date.now() + at, gear) : undefined;
    const recorder = save === undefined ? undefined : accountRecorder(save);
    const {signal} = new AbortController();
    const clientsOf = accountClients({signal, packageCache, pace: leapingPace(), ...(recorder && {recorder})});
    const credentials = {accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example'};
    const clients = awsClients({endpoint: fake.endpoint, region, credentials});
    const calls = awsAccountCalls(clientsOf({clients, identity, place: 'AWS', atAws: true, now: new Date(0)}));
    const inventory = await readAccountInventory(calls, identity, {packages: 'yes'});
    recorder?.save({gear: '0.1.0', readAt: '2026-11-22T00:00:00.000Z', complete: true});
    const counts = fake.counts();
    return {
      inventory,
      used: packageCache?.used(),
      asked: [counts['lambda.GetFunction'] ?? 0, counts['lambda.GetLayerVersionByArn'] ?? 0, requests],
    };
  } finally {
    await fake.close();
  }
}

test('packages that have not changed are not asked for again, and read the same', async () => {
  const first = await read();
  expect(first.asked).toEqual([5, 2, 7]);
  expect(first.inventory.functions[0]!.handlerWork).toMatchObject([
    {what: 'new S3Client()', place: 'index.mjs:2 in its package'},
  ]);
  const second = await read({at: days(20)});
  expect(second).toMatchObject({asked: [0, 0, 0], used: 7});
  expect(second.inventory).toEqual(first.inventory);
});

test('a function with other code is asked for again, and one that is only configured anew is not', async () => {
  await read();
  expect(await read({of: {...size, changed: 3, recoded: 2}})).toMatchObject({asked: [2, 0, 2], used: 5});
});

test('another version of gear reads all of it anew: it may see more in the same code', async () => {
  await read();
  expect((await read({gear: '0.2.0'})).asked).toEqual([5, 2, 7]);
});

test('what --save writes has the packages also where they were known', async () => {
  const paths = ['one', 'two'].map(name => join(folder, 'saved', name));
  for (const save of paths) await read({save});
  const [one, two] = paths.map(path => readFileSync(join(path, account, region, 'read-directory.json'), 'utf8'));
  expect(JSON.parse(two!)).toHaveLength(7);
  expect(two).toBe(one);
});

test('without the cache everything is asked for', async () => {
  await read();
  expect((await read({cached: false})).asked).toEqual([5, 2, 7]);
});

test('what no audit has asked for in a month is forgotten', async () => {
  await read();
  expect((await read({at: days(31)})).asked).toEqual([5, 2, 7]);
});

test('what is kept is for its owner only, and has neither code nor a signed link', async () => {
  await read();
  const files = readdirSync(folder);
  expect(files).toHaveLength(7);
  for (const name of files) {
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, name), 'utf8')).not.toMatch(/Signature|import /);
  }
});

test.each(['', '{"gear": "0.1.0", "location": "x", "output": {"Files": 7}}'])(
  'a file that has %j is read past',
  async text => {
    await read();
    for (const name of readdirSync(folder)) writeFileSync(join(folder, name), text);
    expect((await read()).asked).toEqual([5, 2, 7]);
  },
);
