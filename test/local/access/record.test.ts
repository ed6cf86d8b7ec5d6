import {cpSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {type AccessRecord, openRecord} from '../../../src/local/access/record.ts';
import type {RecordedDecision} from '../../../src/local/access/recorded-decision.ts';
import {openState, type State} from '../../../src/local/state.ts';
import {manualClock} from '../harness.ts';
import {queueArn, session} from './cloud.ts';

const {roleArn, arn: caller} = session('ingest');
const statement = {kind: 'identity', policy: 'inline', index: 0, action: 'sqs:*', resource: '*'};

let folder: string;
let state: State;
let record: AccessRecord;
let clock: ReturnType<typeof manualClock>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gear-record-'));
  clock = manualClock();
  state = openState(folder);
  record = openRecord({state, clock});
});

afterEach(() => {
  state.close();
  rmSync(folder, {recursive: true, force: true});
});

function decision(more: Partial<RecordedDecision> = {}): RecordedDecision {
  return {
    time: clock.now(),
    requestId: 'r-1',
    caller,
    roleArn,
    action: 'sqs:SendMessage',
    resource: queueArn,
    allowed: true,
    matched: [statement],
    ...more,
  };
}

test('sums up the decisions of a role by action and resource', async () => {
  const byBoundary = {...statement, kind: 'boundary', policy: 'bounds'};
  record.append(decision({matched: [statement, byBoundary]}));
  await clock.advance(1000);
  record.append(decision({requestId: 'r-2', onBehalf: 'event source mapping'}));
  record.append(decision({requestId: 'r-3', action: 'sqs:DeleteQueue', allowed: false, matched: [], message: 'no'}));
  const {roleArn: _, ...ofService} = decision({caller: 's3.amazonaws.com'});
  record.append(ofService);
  expect(record.usageOf(roleArn)).toEqual([
    {
      roleArn,
      action: 'sqs:SendMessage',
      resource: queueArn,
      allowed: 2,
      denied: 0,
      onBehalf: 1,
      first: clock.now() - 1000,
      last: clock.now(),
      lastRequestId: 'r-2',
      lastAllowed: true,
      pairs: ['inline\n#0\nsqs:*\n*'],
    },
    expect.objectContaining({action: 'sqs:DeleteQueue', allowed: 0, denied: 1, lastRequestId: 'r-3', message: 'no'}),
  ]);
});

test('counts the hundred and first resource of an action, and all after it, together', () => {
  for (let object = 0; object < 150; object++) record.append(decision({resource: `arn:aws:s3:::receipts/${object}`}));
  record.append(decision({action: 'sqs:DeleteQueue'}));
  record.append(decision({resource: 'arn:aws:s3:::receipts/7'}));
  const entries = record.usageOf(roleArn);
  expect(entries).toHaveLength(102);
  expect(entries.find(({resource}) => resource === '(more resources)')).toMatchObject({allowed: 50});
  expect(entries.find(({resource}) => resource.endsWith('/7'))).toMatchObject({allowed: 2});
});

test('says when a role was last allowed something', async () => {
  expect(record.lastUsed(roleArn)).toBeUndefined();
  record.append(decision());
  const used = clock.now();
  await clock.advance(1000);
  record.append(decision({action: 'sqs:DeleteQueue', allowed: false, matched: []}));
  expect(record.lastUsed(roleArn)).toBe(used);
});

test('reads decisions on from where the reader was', () => {
  for (const requestId of ['r-1', 'r-2', 'r-3']) record.append(decision({requestId}));
  const [first] = record.decisions({limit: 1});
  expect(first!.entry.requestId).toBe('r-1');
  expect(record.decisions({after: first!.sequence}).map(({entry}) => entry.requestId)).toEqual(['r-2', 'r-3']);
});

test('loses nothing and counts nothing twice when the process is killed', async () => {
  record.append(decision());
  await clock.advance(100);
  record.append(decision());
  record.append(decision());
  // What the disk holds at this moment is what a killed process leaves behind.
  const left = `${folder}-left`;
  cpSync(folder, left, {recursive: true});
  for (let start = 0; start < 2; start++) {
    const restarted = openState(left);
    expect(openRecord({state: restarted, clock}).usageOf(roleArn)).toMatchObject([{allowed: 3}]);
    restarted.close();
  }
  rmSync(left, {recursive: true});
});

test('writes sums together and a moment later, and the rest when it is closed', async () => {
  const saved = () => [...state.collection<{allowed: number}>('access.usage').values()].map(({allowed}) => allowed);
  record.append(decision());
  expect(saved()).toEqual([]);
  await clock.advance(100);
  expect(saved()).toEqual([1]);
  record.append(decision());
  record.close();
  expect(saved()).toEqual([2]);
});
