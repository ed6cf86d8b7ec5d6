import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeEach, describe, expect, test} from 'vitest';
import {awsClients} from '../../src/aws/clients.ts';
import {accountClients} from '../../src/cli/account-clients.ts';
import {openAnswerCache} from '../../src/inventory/account/answer-cache.ts';
import {awsAccountCalls} from '../../src/inventory/account/aws-account-calls.ts';
import {readAccountInventory} from '../../src/inventory/read-account-inventory.ts';
import {account} from '../fake-aws/account-contents.ts';
import {type AccountSize, largeAccount, scaled} from '../fake-aws/account-size.ts';
import {type FakeAwsOptions, startFakeAws} from '../fake-aws/fake-aws.ts';
import {leapingPace} from '../fake-aws/leaping-pace.ts';

const region = 'eu-central-1';
const identity = {account, region};
const size = scaled(largeAccount, 0.008);
const perFunction = /GetPolicy|GetFunctionEventInvokeConfig/;

const folder = mkdtempSync(join(tmpdir(), 'gear-cache-'));
afterAll(() => rmSync(folder, {recursive: true}));
let file: string;
let runs = 0;
beforeEach(() => {
  runs += 1;
  file = join(folder, `accounts-${runs}`, 'account.json');
});

/** One audit's reading: what it asked of functions one by one, and what it read. */
async function read({
  of = size,
  at = 0,
  fail,
  signal = new AbortController().signal,
}: {of?: AccountSize; at?: number; signal?: AbortSignal} & Pick<FakeAwsOptions, 'fail'> = {}) {
  const fake = await startFakeAws({size: of, ...(fail === undefined ? {} : {fail})});
  try {
    const cache = openAnswerCache(file, () => Date.parse('2026-11-21T10:00:00Z') + at);
    const clientsOf = accountClients({signal, cacheOf: () => cache, pace: leapingPace()});
    const credentials = {accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example'};
    const clients = awsClients({endpoint: fake.endpoint, region, credentials});
    const calls = awsAccountCalls(clientsOf({clients, identity, place: 'AWS', atAws: true, now: new Date(0)}));
    const inventory = await readAccountInventory(calls, identity);
    cache.save();
    const asked = Object.entries(fake.counts()).filter(([name]) => perFunction.test(name));
    return {inventory, used: cache.used(), asked: asked.reduce((sum, [, count]) => sum + count, 0)};
  } finally {
    await fake.close();
  }
}

const minutes = (count: number) => count * 60_000;
const all = size.functions + size.functions / 4;

test('an account that has not changed is only listed again, and read the same', async () => {
  const first = await read();
  expect(first).toMatchObject({asked: all, used: 0});
  const second = await read({at: minutes(59)});
  expect(second).toMatchObject({asked: 0, used: all});
  expect(second.inventory).toEqual(first.inventory);
});

test('an answer is believed for an hour', async () => {
  await read();
  expect(await read({at: minutes(61)})).toMatchObject({asked: all, used: 0});
  // Nor is one that seems to come from the future, after a clock was set right.
  await read({at: minutes(300)});
  expect(await read({at: minutes(100)})).toMatchObject({asked: all});
});

test('a function that has changed is asked again', async () => {
  await read();
  // The first two, of which one is invoked by a topic.
  const {asked} = await read({of: {...size, changed: 2}});
  expect(asked).toBe(2 + 1);
});

test('a refusal is no answer, and asked again', async () => {
  const fail: FakeAwsOptions['fail'] = ({operation}) =>
    operation === 'GetPolicy' ? {code: 'AccessDeniedException', status: 403} : undefined;
  expect((await read({fail})).inventory.unread).toHaveLength(size.functions);
  const {asked, inventory} = await read();
  expect(asked).toBe(size.functions + size.functions / 4);
  expect(inventory.unread).toEqual([]);
});

test('an audit that is interrupted leaves what it knows to the next one', async () => {
  const interrupt = new AbortController();
  const interrupted = await read({
    signal: interrupt.signal,
    fail: ({operation}, count) => {
      if (operation === 'GetPolicy' && count === 20) interrupt.abort();
      return undefined;
    },
  });
  expect(interrupted.asked).toBeGreaterThanOrEqual(20);
  expect(interrupted.asked).toBeLessThan(40);
  const {asked, used, inventory} = await read();
  expect(used).toBeGreaterThanOrEqual(20);
  expect(asked + used).toBe(all);
  expect(inventory.unread).toEqual([]);
});

describe('the file', () => {
  test('is for its owner only, and has no credentials', async () => {
    await read();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(file, '..')).mode & 0o777).toBe(0o700);
    expect(readFileSync(file, 'utf8')).not.toMatch(/AKIDEXAMPLE|Credential=/);
  });

  test.each([
    ['nothing', ''],
    ['something else', '{"version": 1, "answers": 7}'],
    ['answers of another version', '{"version": 0, "answers": []}'],
    ['a list of nothing', '{"version": 1, "answers": [null, 3]}'],
  ])('that has %s is asked past', async (_, text) => {
    mkdirSync(join(file, '..'));
    writeFileSync(file, text);
    expect(await read()).toMatchObject({asked: all, used: 0});
  });

  test('goes once nobody has asked for its account in an hour', async () => {
    await read();
    const old = join(file, '..', 'old.json');
    writeFileSync(old, '{}');
    utimesSync(old, 0, 0);
    await read({at: minutes(70)});
    expect(readdirSync(join(file, '..'))).toEqual(['account.json']);
  });
});
