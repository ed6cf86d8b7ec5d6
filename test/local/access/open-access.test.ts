import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import type {AssumedRole, Caller} from '../../../src/local/caller.ts';
import {manualClock} from '../harness.ts';
import {account, openSmallCloud, policy, queueArn, type SmallCloud, session} from './cloud.ts';

const send = {Effect: 'Allow', Action: 'sqs:SendMessage', Resource: queueArn};
const ask = {permissions: [{action: 'sqs:SendMessage', resource: queueArn}]};
const s3: Caller = {
  kind: 'service',
  principal: 's3.amazonaws.com',
  sourceArn: 'arn:aws:s3:::receipts',
  sourceAccount: account,
};

let folder: string;
let clock: ReturnType<typeof manualClock>;
let queuePolicies: Record<string, unknown>;
let cloud: SmallCloud;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gear-access-'));
  clock = manualClock();
  queuePolicies = {};
  cloud = openSmallCloud(folder, clock, queuePolicies);
});

afterEach(() => {
  cloud.close();
  rmSync(folder, {recursive: true, force: true});
});

test('runs what a role is allowed', async () => {
  const ingest = await cloud.role('ingest', send);
  const answer = await cloud.access.call(ingest, 'sqs', 'Ask', ask, {requestId: 'r-1'});
  expect(answer).toEqual({requestId: 'r-1', endpoint: 'http://127.0.0.1:4566'});
});

test('denies what it is not, in the words of AWS', async () => {
  const ingest = await cloud.role('ingest', {...send, Action: 'sqs:ReceiveMessage'});
  await expect(cloud.access.call(ingest, 'sqs', 'Ask', ask)).rejects.toMatchObject({
    code: 'AccessDenied',
    status: 403,
    message: `User: arn:aws:sts::${account}:assumed-role/ingest/i-1 is not authorized to perform: sqs:SendMessage on resource: ${queueArn} because no identity-based policy allows the sqs:SendMessage action`,
  });
});

test('sees a change of the role at the next call', async () => {
  const ingest = await cloud.role('ingest', send);
  await cloud.access.call(ingest, 'sqs', 'Ask', ask);
  await cloud.call('iam', 'DeleteRolePolicy', {RoleName: 'ingest', PolicyName: 'inline'});
  await expect(cloud.access.call(ingest, 'sqs', 'Ask', ask)).rejects.toThrow('no identity-based policy allows');
  await cloud.call('iam', 'PutRolePolicy', {RoleName: 'ingest', PolicyName: 'inline', PolicyDocument: policy(send)});
  await cloud.access.call(ingest, 'sqs', 'Ask', ask);
});

test('a role that is gone is allowed nothing', async () => {
  await expect(cloud.access.call(session('ghost'), 'sqs', 'Ask', ask)).rejects.toThrow('no identity-based policy');
});

test('holds a role to its boundary', async () => {
  const ingest = await cloud.role('ingest', send);
  const PolicyDocument = policy({...send, Action: 'sqs:ReceiveMessage'});
  await cloud.call('iam', 'CreatePolicy', {PolicyName: 'bounds', PolicyDocument});
  const PermissionsBoundary = `arn:aws:iam::${account}:policy/bounds`;
  await cloud.call('iam', 'PutRolePermissionsBoundary', {RoleName: 'ingest', PermissionsBoundary});
  await expect(cloud.access.call(ingest, 'sqs', 'Ask', ask)).rejects.toThrow(
    'because no permissions boundary allows the sqs:SendMessage action',
  );
});

test('the developer may do everything but what a resource policy denies', async () => {
  await cloud.call('sqs', 'Ask', ask);
  queuePolicies[queueArn] = policy({...send, Effect: 'Deny', Principal: '*'});
  await expect(cloud.call('sqs', 'Ask', ask)).rejects.toThrow('with an explicit deny in a resource-based policy');
});

test('a policy that insists on TLS is content with loopback', async () => {
  const insecure = {Bool: {'aws:SecureTransport': 'false'}};
  queuePolicies[queueArn] = policy({...send, Effect: 'Deny', Principal: '*', Condition: insecure});
  await cloud.call('sqs', 'Ask', ask);
});

test('a service may do what a resource policy gives it for its source', async () => {
  await expect(cloud.access.call(s3, 'sqs', 'Ask', ask)).rejects.toThrow(
    `Service: s3.amazonaws.com is not authorized to perform: sqs:SendMessage on resource: ${queueArn} because no resource-based policy allows`,
  );
  queuePolicies[queueArn] = {
    Version: '2012-10-17',
    Statement: {
      ...send,
      Principal: {Service: 's3.amazonaws.com'},
      Condition: {ArnEquals: {'aws:SourceArn': 'arn:aws:s3:::receipts'}, StringEquals: {'aws:SourceAccount': account}},
    },
  };
  await cloud.access.call(s3, 'sqs', 'Ask', ask);
  await expect(cloud.access.call({...s3, sourceArn: 'arn:aws:s3:::others'}, 'sqs', 'Ask', ask)).rejects.toThrow(
    'no resource-based policy allows',
  );
});

test.each([
  ['aws:PrincipalArn', `arn:aws:iam::${account}:role/ingest`],
  ['aws:PrincipalAccount', account],
  ['aws:PrincipalType', 'AssumedRole'],
  ['aws:RequestedRegion', 'us-east-1'],
  ['aws:SourceIp', '127.0.0.1'],
  ['aws:CurrentTime', '2026-01-01T00:00:00.000Z'],
  ['aws:EpochTime', '1767225600'],
  ['aws:PrincipalTag/team', 'orders'],
  ['sqs:Custom', 'of the operation'],
])('%s of a request is %s', async (key, value) => {
  const ingest = await cloud.role('ingest', {...send, Condition: {StringEquals: {[key]: value}}});
  await cloud.call('iam', 'TagRole', {RoleName: 'ingest', Tags: [{Key: 'team', Value: 'orders'}]});
  const context = {'sqs:Custom': 'of the operation'};
  await cloud.access.call(ingest, 'sqs', 'Ask', {permissions: [{...ask.permissions[0], context}]});
});

test('records all permissions of a call and denies it for the first that is missing', async () => {
  const ingest = await cloud.role('ingest', send);
  const receive = {action: 'sqs:ReceiveMessage', resource: queueArn};
  const remove = {action: 'sqs:DeleteMessage', resource: queueArn};
  const permissions = [...ask.permissions, receive, remove];
  await expect(cloud.access.call(ingest, 'sqs', 'Ask', {permissions})).rejects.toThrow('sqs:ReceiveMessage');
  const decisions = decisionsOf(ingest);
  expect(decisions.map(({action, allowed}) => [action, allowed])).toEqual([
    ['sqs:SendMessage', true],
    ['sqs:ReceiveMessage', false],
    ['sqs:DeleteMessage', false],
  ]);
});

test('a call within a call is made by the same caller and under the same request id', async () => {
  const ingest = await cloud.role('ingest', send);
  expect(await cloud.access.call(ingest, 'sqs', 'Relay', ask, {requestId: 'r-7'})).toMatchObject({requestId: 'r-7'});
  expect(decisionsOf(ingest)[0]).toMatchObject({requestId: 'r-7', caller: ingest.arn, action: 'sqs:SendMessage'});
});

test('answers whether a caller may do something without recording it', async () => {
  const ingest = await cloud.role('ingest', send);
  const [request] = ask.permissions;
  expect(cloud.access.allows(ingest, request!)).toBe(true);
  expect(cloud.access.allows(ingest, {...request!, action: 'sqs:DeleteQueue'})).toBe(false);
  expect(await cloud.access.call(ingest, 'sqs', 'MayI', request!)).toEqual({answer: true});
  expect(decisionsOf(ingest)).toEqual([]);
});

test('refuses what is not implemented by its name', async () => {
  await expect(cloud.call('kms', 'Decrypt')).rejects.toMatchObject({
    code: 'NotImplemented',
    status: 501,
    message: 'gear local does not implement the service kms',
  });
  await expect(cloud.call('sqs', 'TagQueue')).rejects.toThrow('gear local does not implement sqs:TagQueue');
});

test('the developer keeps the same random keys over a restart, sessions do not', async () => {
  const {accessKeyId, secretAccessKey} = cloud.access.developer;
  expect(accessKeyId).toMatch(/^AKIA[A-Z2-7]{16}$/);
  const issued = cloud.access.issueCredentials(session('ingest'), 900);
  expect(issued).toMatchObject({
    accessKeyId: expect.stringMatching(/^ASIA[A-Z2-7]{16}$/),
    expiresAt: clock.now() + 900_000,
  });
  expect(cloud.access.credentialsOf(issued.accessKeyId)).toBe(issued);
  cloud.close();
  cloud = openSmallCloud(folder, clock);
  expect(cloud.access.credentialsOf(accessKeyId)?.secretAccessKey).toBe(secretAccessKey);
  expect(cloud.access.credentialsOf(issued.accessKeyId)).toBeUndefined();
});

test('forgets keys an hour after they expired', async () => {
  const issued = cloud.access.issueCredentials(session('ingest'), 900);
  await clock.advance(901_000);
  cloud.access.issueCredentials(session('ingest'), 900);
  expect(cloud.access.credentialsOf(issued.accessKeyId)).toBe(issued);
  await clock.advance(3_600_000);
  cloud.access.issueCredentials(session('ingest'), 900);
  expect(cloud.access.credentialsOf(issued.accessKeyId)).toBeUndefined();
});

function decisionsOf({roleArn}: AssumedRole) {
  return cloud.access.record.decisions().flatMap(({entry}) => (entry.roleArn === roleArn ? [entry] : []));
}
