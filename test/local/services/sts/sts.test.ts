import {AssumeRoleCommand, GetCallerIdentityCommand, GetSessionTokenCommand} from '@aws-sdk/client-sts';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {account, policy, queueArn, session} from '../../access/cloud.ts';
import {startWiredCloud, type WiredCloud} from '../iam/wired-cloud.ts';

const RoleArn = session('ingest').roleArn;
const send = {Effect: 'Allow', Action: 'sqs:SendMessage', Resource: queueArn};
const receive = {...send, Action: 'sqs:ReceiveMessage'};

let cloud: WiredCloud;
beforeEach(async () => {
  cloud = await startWiredCloud();
});
afterEach(() => cloud.close());

async function assume(input: object = {}) {
  const {Credentials, ...rest} = await cloud
    .stsClient()
    .send(new AssumeRoleCommand({RoleArn, RoleSessionName: 'ada', ...input}));
  const keys = {
    accessKeyId: Credentials!.AccessKeyId!,
    secretAccessKey: Credentials!.SecretAccessKey!,
    sessionToken: Credentials!.SessionToken!,
  };
  return {...rest, keys, expiration: Credentials!.Expiration!};
}

test('tells the developer who they are', async () => {
  expect(await cloud.stsClient().send(new GetCallerIdentityCommand({}))).toMatchObject({
    UserId: 'AIDADEVELOPER00000000',
    Account: account,
    Arn: `arn:aws:iam::${account}:user/developer`,
  });
});

test('gives keys for a role that trusts the account, and they are that role', async () => {
  await cloud.role('ingest', send);
  const before = Date.now();
  const {keys, expiration, AssumedRoleUser} = await assume({DurationSeconds: 900});
  const roleId = cloud.iam.role(RoleArn)!.roleId;
  expect(AssumedRoleUser).toEqual({
    AssumedRoleId: `${roleId}:ada`,
    Arn: `arn:aws:sts::${account}:assumed-role/ingest/ada`,
  });
  expect(expiration.getTime() - before).toBeGreaterThanOrEqual(899_000);
  expect(await cloud.stsClient(keys).send(new GetCallerIdentityCommand({}))).toMatchObject({
    UserId: `${roleId}:ada`,
    Arn: `arn:aws:sts::${account}:assumed-role/ingest/ada`,
  });
});

test('holds a session to the policy that was passed with it', async () => {
  await cloud.role('ingest', send, receive);
  const {keys} = await assume({Policy: policy(send, {...send, Action: 'sqs:DeleteQueue'})});
  const {caller} = cloud.access.credentialsOf(keys.accessKeyId)!;
  const may = (action: string) => cloud.access.allows(caller, {action, resource: queueArn});
  expect([may('sqs:SendMessage'), may('sqs:ReceiveMessage'), may('sqs:DeleteQueue')]).toEqual([true, false, false]);
});

test('refuses a role whose trust policy does not name the caller', async () => {
  await cloud.role('ingest');
  const PolicyDocument = policy({
    Effect: 'Allow',
    Principal: {Service: 'lambda.amazonaws.com'},
    Action: 'sts:AssumeRole',
  });
  await cloud.call('iam', 'UpdateAssumeRolePolicy', {RoleName: 'ingest', PolicyDocument});
  await expect(assume()).rejects.toMatchObject({
    name: 'AccessDenied',
    message: `User: arn:aws:iam::${account}:user/developer is not authorized to perform: sts:AssumeRole on resource: ${RoleArn} because no role trust policy allows the sts:AssumeRole action`,
    $metadata: {httpStatusCode: 403},
  });
});

test('refuses a role that does not exist in the same words', async () => {
  await expect(assume()).rejects.toMatchObject({name: 'AccessDenied'});
});

test('asks for the external id that the trust policy wants', async () => {
  await cloud.role('ingest');
  const PolicyDocument = policy({
    Effect: 'Allow',
    Principal: {AWS: account},
    Action: 'sts:AssumeRole',
    Condition: {StringEquals: {'sts:ExternalId': 'orders'}},
  });
  await cloud.call('iam', 'UpdateAssumeRolePolicy', {RoleName: 'ingest', PolicyDocument});
  await expect(assume({ExternalId: 'others'})).rejects.toMatchObject({name: 'AccessDenied'});
  await assume({ExternalId: 'orders'});
});

test.each([
  [{DurationSeconds: 60}, 'Member must have value between 900 and 43200'],
  [{DurationSeconds: 7200}, 'exceeds the MaxSessionDuration set for this role'],
  [{RoleSessionName: 'a b'}, "at 'roleSessionName' failed to satisfy constraint"],
  [{Policy: '{'}, 'Syntax errors in policy.'],
])('refuses %j', async (input, message) => {
  await cloud.role('ingest');
  await expect(assume(input)).rejects.toThrow(message);
});

test('limits a session that is taken from another session to an hour', async () => {
  await cloud.role('ingest', {Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*'});
  await cloud.call('iam', 'UpdateRole', {RoleName: 'ingest', MaxSessionDuration: 43_200});
  const {keys} = await assume();
  const again = new AssumeRoleCommand({RoleArn, RoleSessionName: 'again', DurationSeconds: 7200});
  await expect(cloud.stsClient(keys).send(again)).rejects.toThrow(
    '1 hour session limit for roles assumed by role chaining',
  );
});

test('refuses what it does not implement by name', async () => {
  await expect(cloud.stsClient().send(new GetSessionTokenCommand({}))).rejects.toMatchObject({name: 'NotImplemented'});
});
