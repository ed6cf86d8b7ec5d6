import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {usageReport} from '../../../src/local/access/usage.ts';
import type {Caller} from '../../../src/local/caller.ts';
import {systemClock} from '../../../src/local/clock.ts';
import {sqsService} from '../../../src/local/services/sqs/service.ts';
import {manualClock, openBench} from '../harness.ts';
import {account, openSmallCloud, policy, queueArn, region, type SmallCloud, session} from './cloud.ts';

let folder: string;
let cloud: SmallCloud;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gear-usage-'));
  cloud = openSmallCloud(folder, manualClock());
});

afterEach(() => {
  cloud.close();
  rmSync(folder, {recursive: true, force: true});
});

async function use(caller: Caller, action: string, resource = queueArn): Promise<void> {
  await cloud.access.call(caller, 'sqs', 'Ask', {permissions: [{action, resource}]}).catch(() => {});
}

function report(...functions: {functionName: string; role: string; invocations?: number}[]) {
  return reportOf(undefined, ...functions);
}

function reportOf(
  wanted: string | undefined,
  ...functions: {functionName: string; role: string; invocations?: number}[]
) {
  // What is covered is asked of the real queue service; the calls go to the small one.
  const bench = openBench(systemClock);
  const sqs = sqsService({state: bench.state, clock: systemClock, account, region});
  const result = usageReport({
    identity: cloud.iam,
    record: cloud.access.record,
    services: new Map([['sqs', sqs]]),
    functions: functions.map(({functionName, role, invocations = 1}) => ({
      functionName,
      roleArn: session(role).roleArn,
      invocations,
    })),
    wanted,
  });
  void bench.close();
  return result;
}

test('tells of roles that no function has, once a service has taken them', async () => {
  const roleArn = session('schedule').roleArn;
  await cloud.role('schedule', {Sid: 'Queue', Effect: 'Allow', Action: ['sqs:SendMessage'], Resource: queueArn});
  const role = {roleArn, logicalId: 'ScheduleRole', stackName: 'orders'};
  const statusOf = () => {
    const {identity, record} = {identity: cloud.iam, record: cloud.access.record};
    const bench = openBench(systemClock);
    const sqs = sqsService({state: bench.state, clock: systemClock, account, region});
    const options = {identity, record, services: new Map([['sqs', sqs]])};
    const {roles, summary} = usageReport({...options, functions: [], roles: [role]});
    const own = {functionName: 'orders', roleArn, invocations: 1};
    expect(usageReport({...options, functions: [own], roles: [role]}).roles).toEqual([]);
    void bench.close();
    return {granted: roles[0]!.granted.map(({status, reason}) => reason ?? status), used: summary.used};
  };
  expect(statusOf()).toEqual({granted: ['no service took the role'], used: 0});
  await use(session('schedule', {onBehalf: 'scheduler'}), 'sqs:SendMessage');
  expect(statusOf()).toEqual({granted: ['used'], used: 1});
});

test('tells used grants from unused ones, with what they were used for', async () => {
  const ingest = await cloud.role('ingest', {
    Sid: 'Queue',
    Effect: 'Allow',
    Action: ['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage'],
    Resource: queueArn,
  });
  await use(ingest, 'sqs:SendMessage');
  await use(session('ingest', {onBehalf: 'event source mapping'}), 'sqs:ReceiveMessage');
  const [usage] = report({functionName: 'orders-ingest', role: 'ingest'}).functions;
  expect(usage!.counts).toEqual({granted: 3, used: 2, unused: 1, notExercised: 0, denied: 0});
  expect(usage!.granted).toMatchObject([
    {policy: 'inline', sid: 'Queue', action: 'sqs:SendMessage', status: 'used', count: 1, uses: [{onBehalf: 0}]},
    {action: 'sqs:ReceiveMessage', status: 'used', uses: [{resource: queueArn, onBehalf: 1}]},
    {action: 'sqs:DeleteMessage', status: 'unused', count: 0, uses: []},
  ]);
});

test('names those that share the role of the one function that was asked for', async () => {
  await cloud.role('shared', {Effect: 'Allow', Action: 'sqs:SendMessage', Resource: queueArn});
  const {functions, summary} = reportOf(
    'orders-ingest',
    {functionName: 'orders-ingest', role: 'shared'},
    {functionName: 'orders-redrive', role: 'shared'},
  );
  expect(functions).toMatchObject([{functionName: 'orders-ingest', sharedWith: ['orders-redrive']}]);
  expect(summary.granted).toBe(1);
});

test('shows for a wildcard which actions and resources it was really used for', async () => {
  const ingest = await cloud.role('ingest', {Effect: 'Allow', Action: 'sqs:*', Resource: '*'});
  await use(ingest, 'sqs:SendMessage');
  await use(ingest, 'sqs:SendMessage', `${queueArn}-dlq`);
  const [usage] = report({functionName: 'orders-ingest', role: 'ingest'}).functions;
  expect(usage!.granted).toMatchObject([
    {
      action: 'sqs:*',
      status: 'used',
      count: 2,
      uses: [
        {action: 'sqs:SendMessage', resource: queueArn},
        {action: 'sqs:SendMessage', resource: `${queueArn}-dlq`},
      ],
    },
  ]);
});

test('a condition that does not hold leaves its statement unused, though its patterns match', async () => {
  const send = {Effect: 'Allow', Action: 'sqs:SendMessage', Resource: queueArn};
  const elsewhere = {StringEquals: {'aws:RequestedRegion': 'eu-west-1'}};
  const ingest = await cloud.role('ingest', {...send, Sid: 'Here'}, {...send, Sid: 'There', Condition: elsewhere});
  await use(ingest, 'sqs:SendMessage');
  const [usage] = report({functionName: 'orders-ingest', role: 'ingest'}).functions;
  expect(usage!.granted.map(({sid, status}) => [sid, status])).toEqual([
    ['Here', 'used'],
    ['There', 'unused'],
  ]);
});

test('counts denied calls with the sentence of AWS', async () => {
  const ingest = await cloud.role('ingest');
  await use(ingest, 'sqs:SendMessage');
  await use(ingest, 'sqs:SendMessage');
  const [usage] = report({functionName: 'orders-ingest', role: 'ingest'}).functions;
  expect(usage!.counts.denied).toBe(1);
  expect(usage!.denied).toMatchObject([
    {action: 'sqs:SendMessage', resource: queueArn, count: 2, message: expect.stringContaining('is not authorized')},
  ]);
});

test('a denial counts no more once the same call was allowed', async () => {
  const ingest = await cloud.role('ingest');
  await use(ingest, 'sqs:SendMessage');
  const PolicyDocument = policy({Effect: 'Allow', Action: 'sqs:SendMessage', Resource: queueArn});
  await cloud.call('iam', 'PutRolePolicy', {RoleName: 'ingest', PolicyName: 'inline', PolicyDocument});
  await use(ingest, 'sqs:SendMessage');
  const [usage] = report({functionName: 'orders-ingest', role: 'ingest'}).functions;
  expect(usage!.counts.denied).toBe(0);
  expect(usage!.denied).toMatchObject([{action: 'sqs:SendMessage', count: 1, allowedSince: true}]);
});

test('says not exercised where the run could not have used the grant', async () => {
  await cloud.role('ingest', {Effect: 'Allow', Action: ['sqs:SendMessage', 'kms:Decrypt', 'sqs:*'], Resource: '*'});
  const [invoked] = report({functionName: 'orders-ingest', role: 'ingest'}).functions;
  expect(invoked!.granted.map(({action, status, reason}) => [action, status, reason])).toEqual([
    ['sqs:SendMessage', 'unused', undefined],
    ['kms:Decrypt', 'not exercised', 'gear local does not implement kms:Decrypt'],
    ['sqs:*', 'unused', undefined],
  ]);
  const [never] = report({functionName: 'orders-ingest', role: 'ingest', invocations: 0}).functions;
  expect(never!.granted[0]).toMatchObject({status: 'not exercised', reason: 'the function was not invoked'});
});

test('a changed statement starts anew, one that only moved does not', async () => {
  const named = {Sid: 'Send', Effect: 'Allow', Action: 'sqs:SendMessage', Resource: queueArn};
  const ingest = await cloud.role('ingest', named);
  await use(ingest, 'sqs:SendMessage');
  const put = (...statements: object[]) =>
    cloud.call('iam', 'PutRolePolicy', {
      RoleName: 'ingest',
      PolicyName: 'inline',
      PolicyDocument: policy(...statements),
    });
  const statuses = () =>
    report({functionName: 'orders-ingest', role: 'ingest'}).functions[0]!.granted.map(({status}) => status);
  await put({...named, Sid: 'Receive', Action: 'sqs:ReceiveMessage'}, named);
  expect(statuses()).toEqual(['unused', 'used']);
  await put({...named, Resource: `${queueArn}*`});
  expect(statuses()).toEqual(['unused']);
});

test('names the functions that share a role, and adds everything up', async () => {
  await cloud.role('shared', {Effect: 'Allow', Action: 'sqs:SendMessage', Resource: queueArn});
  const {functions, summary} = report({functionName: 'one', role: 'shared'}, {functionName: 'two', role: 'shared'});
  expect(functions.map(({sharedWith}) => sharedWith)).toEqual([['two'], ['one']]);
  expect(summary).toEqual({granted: 2, used: 0, unused: 2, notExercised: 0, denied: 0});
});
