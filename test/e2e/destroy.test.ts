import {spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {S3} from '@aws-sdk/client-s3';
import {execa} from 'execa';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {type AwsClients, awsClients} from '../../src/aws/clients.ts';
import {watchCalls} from '../../src/aws/watch-calls.ts';
import {planDestruction} from '../../src/deploy/destroy-plan.ts';
import {destroyStack} from '../../src/deploy/destroy-stack.ts';
import {type DestructionPhase, phaseAfter} from '../../src/deploy/destruction-phase.ts';
import {type LocalCloud, startLocalCloud} from '../../src/local/cloud.ts';
import {destroyPlanText} from '../../src/report/destroy.ts';
import {paintFor} from '../../src/terminal/paint.ts';
import {answerLost, failingCalls, lost, throttled, type Way} from '../flaky-aws/failing-calls.ts';
import {gear, gearPath} from './gear.ts';

const template = `
Resources:
  Inbox:
    Type: AWS::S3::Bucket
    Properties:
      VersioningConfiguration: {Status: Enabled}
  Archive:
    Type: AWS::S3::Bucket
    DeletionPolicy: Retain
    Properties:
      VersioningConfiguration: {Status: Enabled}
  Orders:
    Type: AWS::SQS::Queue
    Properties: {Tags: []}
  Rows:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: RetainExceptOnCreate
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
Outputs:
  Queue:
    Value: !GetAtt Orders.Arn
    Export: {Name: !Sub '\${AWS::StackName}-queue'}
`;

const importer = `
Resources:
  Copy:
    Type: AWS::SSM::Parameter
    Properties: {Type: String, Value: !ImportValue used-queue}
`;

const roles = `
Resources:
  Held:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
`;

/** Not every machine has the aws CLI; what gear proposes for it is then only read. */
const hasAws = spawnSync('aws', ['--version']).status === 0;

const folder = mkdtempSync(join(tmpdir(), 'gear-destroy-'));
let cloud: LocalCloud;
let clients: AwsClients;
let s3: S3;

beforeAll(async () => {
  cloud = await startLocalCloud();
  clients = awsClients(cloud);
  s3 = await clients.s3();
  mkdirSync(join(folder, 'orders'));
  writeFileSync(join(folder, 'orders', 'template.yaml'), template);
});
afterAll(async () => {
  await cloud.close();
  rmSync(folder, {recursive: true, force: true});
});

const account = () => ['--endpoint-url', cloud.endpoint, '--region', cloud.region];
/** As a command that is proposed says where it works. */
const proposedPlace = () => `--region ${cloud.region} --endpoint-url ${cloud.endpoint}`;
const environment = () => ({
  AWS_ACCESS_KEY_ID: cloud.credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: cloud.credentials.secretAccessKey,
});
const run = (...args: string[]) => gear([...args, ...account()], {cwd: join(folder, 'orders'), env: environment()});

/** A command as somebody copies it from the screen. */
async function typed(command: string) {
  const words = command.split(' ');
  if (words[0] === 'gear') return gear(words.slice(1), {cwd: folder, env: environment()});
  return execa('aws', words.slice(1), {env: environment(), reject: false});
}

async function create(StackName: string, TemplateBody = template): Promise<void> {
  const client = await clients.cloudFormation();
  await client.createStack({StackName, TemplateBody, Capabilities: ['CAPABILITY_IAM']});
  while ((await statusOf(StackName)) === 'CREATE_IN_PROGRESS');
  expect(await statusOf(StackName)).toBe('CREATE_COMPLETE');
}

async function statusOf(StackName: string): Promise<string | undefined> {
  try {
    const {Stacks = []} = await (await clients.cloudFormation()).describeStacks({StackName});
    return Stacks[0]?.StackStatus;
  } catch {
    return undefined;
  }
}

async function physicalId(StackName: string, LogicalResourceId: string): Promise<string> {
  const client = await clients.cloudFormation();
  const {StackResourceDetail} = await client.describeStackResource({StackName, LogicalResourceId});
  return StackResourceDetail!.PhysicalResourceId!;
}

/** Versions, a delete marker and an upload that nobody completed. */
async function fill(Bucket: string): Promise<void> {
  for (const Body of ['first', 'second']) await s3.putObject({Bucket, Key: 'order.json', Body});
  await s3.putObject({Bucket, Key: 'gone.json', Body: 'gone'});
  await s3.deleteObject({Bucket, Key: 'gone.json'});
  await s3.createMultipartUpload({Bucket, Key: 'large.bin'});
}

test('says first what goes and what stays, and deletes nothing without a confirmation', async () => {
  await create('orders');
  const bucket = await physicalId('orders', 'Inbox');
  await fill(bucket);
  const {stdout, exitCode} = await run('destroy', '--dry-run');
  expect(exitCode).toBe(0);
  expect(stdout).toContain('This will be deleted, 2 resources:');
  expect(stdout).toContain(`Inbox   AWS::S3::Bucket  ${bucket}  with 4 versions and 1 unfinished upload in it`);
  expect(stdout).toMatch(/This stays, as its DeletionPolicy says:\n {2}Archive .*\n {2}Rows /);

  const unasked = await run('destroy');
  expect(unasked.exitCode).toBe(4);
  expect(unasked.stderr).toContain('without a terminal it needs --yes');
  expect(unasked.stderr).toContain(`Try: gear destroy ${proposedPlace()} --yes --stack orders`);
  const unnamed = await run('destroy', '--yes');
  expect(unnamed.exitCode).toBe(4);
  expect(unnamed.stderr).toContain('--yes --stack orders');
  expect((await s3.listObjectVersions({Bucket: bucket})).Versions).toHaveLength(3);
  expect(await statusOf('orders')).toBe('CREATE_COMPLETE');
});

test('empties the buckets that go, deletes the stack, and tells how to delete what stays', async () => {
  const bucket = await physicalId('orders', 'Inbox');
  const archive = await physicalId('orders', 'Archive');
  const table = await physicalId('orders', 'Rows');
  for (const Body of ['kept', 'again']) await s3.putObject({Bucket: archive, Key: 'kept.json', Body});
  const {stdout, stderr, exitCode} = await run('destroy', '--yes', '--stack', 'orders');
  expect({exitCode, stderr}).toMatchObject({exitCode: 0});
  expect(stderr).toContain(`Emptying ${bucket}: 4 versions deleted, 1 upload aborted`);
  expect(stdout).toMatch(/^Deleted orders in .*, with 4 versions of objects\n/);
  expect(stdout).toContain(`Archive  gear destroy ${proposedPlace()} --bucket ${archive}`);
  expect(stdout).toContain(`Rows     aws ${proposedPlace()} dynamodb delete-table --table-name ${table}`);
  expect(await statusOf('orders')).toBeUndefined();
  await expect(s3.headBucket({Bucket: bucket})).rejects.toThrow();
  expect((await s3.listObjectsV2({Bucket: archive})).KeyCount).toBe(1);
  expect((await run('destroy', '--json')).json()).toMatchObject({existed: false});

  const hint = (id: string) => new RegExp(`^ {2}${id} +(.*)$`, 'm').exec(stdout)![1]!;
  const unasked = await typed(hint('Archive'));
  expect(unasked).toMatchObject({exitCode: 4});
  expect(unasked.stderr).toContain('with 2 versions in it');
  expect(await typed(`${hint('Archive')} --yes`)).toMatchObject({
    exitCode: 0,
    stdout: `Deleted the bucket ${archive}, with 2 versions of objects`,
  });
  await expect(s3.headBucket({Bucket: archive})).rejects.toThrow();
  if (!hasAws) return;
  expect(await typed(hint('Rows'))).toMatchObject({exitCode: 0});
  await expect((await clients.dynamodb()).describeTable({TableName: table})).rejects.toThrow();
});

test('does not delete a bucket that a stack still has', async () => {
  await create('owning');
  const bucket = await physicalId('owning', 'Inbox');
  const {stderr, exitCode} = await run('destroy', '--bucket', bucket, '--yes');
  expect(exitCode).toBe(2);
  expect(stderr).toContain(`The bucket ${bucket} belongs to the stack owning`);
  expect((await run('destroy', 'orders', '--bucket', bucket, '--yes')).stderr).toContain('orders would stay as it is');
  await s3.headBucket({Bucket: bucket});
});

test('a stack that is protected keeps what is in its buckets', async () => {
  await create('protected');
  const bucket = await physicalId('protected', 'Inbox');
  await fill(bucket);
  const client = await clients.cloudFormation();
  await client.updateTerminationProtection({StackName: 'protected', EnableTerminationProtection: true});
  const {stderr, exitCode} = await run('destroy', '--yes', '--stack', 'protected');
  expect(exitCode).toBe(2);
  expect(stderr).toContain('Stack [protected] cannot be deleted while TerminationProtection is enabled');
  expect((await s3.listObjectVersions({Bucket: bucket})).Versions).toHaveLength(3);
  if (!hasAws) return;
  expect(await typed(/Try: (.*)$/m.exec(stderr)![1]!)).toMatchObject({exitCode: 0});
  expect(await run('destroy', '--yes', '--stack', 'protected', '--dry-run')).toMatchObject({exitCode: 0});
});

test('gives up what a deletion fails on, once that is asked for', async () => {
  await create('stuck', roles);
  const RoleName = await physicalId('stuck', 'Held');
  const PolicyDocument = JSON.stringify({Statement: [{Effect: 'Allow', Action: 's3:*', Resource: '*'}]});
  await (await clients.iam()).putRolePolicy({RoleName, PolicyName: 'more', PolicyDocument});
  const early = await run('destroy', '--yes', '--stack', 'stuck', '--retain', 'Held');
  expect(early.stderr).toContain('--retain Held: CloudFormation keeps only what a deletion has failed on');
  const failed = await run('destroy', '--yes', '--stack', 'stuck');
  expect(failed.exitCode).toBe(2);
  expect(failed.stderr).toContain('The stack stuck ended in DELETE_FAILED: Held (AWS::IAM::Role) failed: ');
  const proposed = /Try: (gear destroy .* --retain Held), to give up/.exec(failed.stderr)![1]!;
  const retained = await typed(`${proposed} --yes`);
  expect(retained).toMatchObject({exitCode: 0});
  expect(retained.stderr).toContain('This stays, as --retain says:\n  Held ');
  expect(retained.stdout).toContain(`Held  AWS::IAM::Role ${RoleName}`);
  expect(await statusOf('stuck')).toBeUndefined();
  await (await clients.iam()).getRole({RoleName});
});

test('what was given up is not given up again when a bucket has to be emptied once more', async () => {
  await create('both', `${roles}  Inbox: {Type: AWS::S3::Bucket}\n`);
  const RoleName = await physicalId('both', 'Held');
  const Bucket = await physicalId('both', 'Inbox');
  const PolicyDocument = JSON.stringify({Statement: [{Effect: 'Allow', Action: 's3:*', Resource: '*'}]});
  await (await clients.iam()).putRolePolicy({RoleName, PolicyName: 'more', PolicyDocument});
  await s3.putObject({Bucket, Key: 'order.json', Body: 'first'});
  await (await clients.cloudFormation()).deleteStack({StackName: 'both'});
  while ((await statusOf('both')) !== 'DELETE_FAILED');
  const plan = await planDestruction(clients, 'both', cloud.account, {retain: ['Held']});
  const asked: unknown[] = [];
  const late = watchCalls(awsClients(cloud), async ({operation, input}, send) => {
    if (operation === 'DeleteStack' && asked.push((input as {RetainResources?: unknown}).RetainResources) === 1)
      await s3.putObject({Bucket, Key: 'late.json', Body: 'late'});
    return send();
  });
  const options = {plan: plan!, owner: cloud.account, pollMilliseconds: 10, onEvent: () => {}};
  expect((await destroyStack(late, options)).retained).toMatchObject([{logicalId: 'Held', physicalId: RoleName}]);
  expect(asked).toEqual([['Held'], undefined]);
});

test('so does one whose export another stack imports', async () => {
  await create('used');
  await create('user', importer);
  const {stderr, exitCode} = await run('destroy', '--yes', '--stack', 'used');
  expect(exitCode).toBe(2);
  expect(stderr).toContain('The stack used exports used-queue, which user imports');
  expect(stderr).toContain(`Try: gear destroy ${proposedPlace()} --stack user`);
});

test('deletes every page of a bucket, in pages of a thousand', async () => {
  await create('full');
  const Bucket = await physicalId('full', 'Inbox');
  // Deleting what is not there leaves a marker, and a thousand of them take one call.
  for (const count of [1000, 50]) {
    const Objects = Array.from({length: count}, (_, index) => ({Key: `order-${count}-${index}`}));
    await s3.deleteObjects({Bucket, Delete: {Objects, Quiet: true}});
  }
  expect((await run('destroy', '--stack', 'full', '--dry-run')).stdout).toContain('with more than 1000 versions in it');
  const destroyed = await run('destroy', '--yes', '--stack', 'full', '--json');
  expect(destroyed.json()).toMatchObject({existed: true, emptied: [{bucket: Bucket, versions: 1050, uploads: 0}]});
});

/** In this process, from a plan that was made before. */
async function destroyPlanned(stackName: string, by = clients) {
  const plan = await planDestruction(clients, stackName, cloud.account);
  const told: string[] = [];
  const options = {plan: plan!, owner: cloud.account, pollMilliseconds: 10};
  return {told, destroy: () => destroyStack(by, {...options, onEvent: ({type}) => told.push(type)})};
}

test('empties a bucket again that something wrote to until its deletion', async () => {
  await create('busy');
  const Bucket = await physicalId('busy', 'Inbox');
  let wrote = false;
  const late = watchCalls(awsClients(cloud), async ({operation}, send) => {
    if (operation === 'DeleteStack' && !wrote) await s3.putObject({Bucket, Key: 'late.json', Body: 'late'});
    wrote ||= operation === 'DeleteStack';
    return send();
  });
  const {told, destroy} = await destroyPlanned('busy', late);
  const {emptied, retained} = await destroy();
  expect(emptied).toEqual([{bucket: Bucket, versions: 1, uploads: 0}]);
  expect(retained.map(({logicalId}) => logicalId).sort()).toEqual(['Archive', 'Rows']);
  expect(told).toContain('written-to');
  expect(await statusOf('busy')).toBeUndefined();
});

test.each<[string, string, (StackName: string) => Promise<unknown>]>([
  [
    'protected',
    'TERMINATION_PROTECTED',
    async StackName =>
      (await clients.cloudFormation()).updateTerminationProtection({StackName, EnableTerminationProtection: true}),
  ],
  [
    'updated',
    'STACK_CHANGED',
    async StackName => {
      const TemplateBody = template.replace('Inbox:\n', 'Inbox:\n    DeletionPolicy: Retain\n');
      await (await clients.cloudFormation()).updateStack({StackName, TemplateBody});
      while ((await statusOf(StackName)) !== 'UPDATE_COMPLETE');
    },
  ],
])('a stack that was %s after somebody looked at it keeps what is in its buckets', async (name, code, change) => {
  const stackName = `then-${name}`;
  await create(stackName);
  const Bucket = await physicalId(stackName, 'Inbox');
  await s3.putObject({Bucket, Key: 'order.json', Body: 'first'});
  const {destroy} = await destroyPlanned(stackName);
  await change(stackName);
  await expect(destroy()).rejects.toMatchObject({code});
  expect((await s3.listObjectsV2({Bucket})).KeyCount).toBe(1);
});

test('what stays of a stack that somebody else has deleted meanwhile is told all the same', async () => {
  await create('gone');
  const {told, destroy} = await destroyPlanned('gone');
  await (await clients.cloudFormation()).deleteStack({StackName: 'gone'});
  while ((await statusOf('gone')) !== undefined);
  const {retained, emptied} = await destroy();
  expect({names: retained.map(({logicalId}) => logicalId), emptied}).toEqual({names: ['Archive', 'Rows'], emptied: []});
  expect(told[0]).toBe('overtaken');
});

test('a table that is protected against deletion is found before anything is emptied', async () => {
  const table = template.slice(template.indexOf('  Rows:'), template.indexOf('Outputs:'));
  const guarded = table.replace('Properties:', 'Properties:\n      DeletionProtectionEnabled: true');
  await create(
    'guarded',
    `Resources:\n${guarded}${guarded.replace('Rows:', 'Open:').replace(/.*DeletionPolicy.*\n/, '')}`,
  );
  const TableName = await physicalId('guarded', 'Open');
  await expect(destroyPlanned('guarded')).rejects.toMatchObject({
    message: 'The stack guarded cannot be deleted: its table Open is protected against deletion',
    suggestions: [`aws dynamodb update-table --table-name ${TableName} --no-deletion-protection-enabled`],
  });
  await (await clients.dynamodb()).updateTable({TableName, DeletionProtectionEnabled: false});
  const {destroy} = await destroyPlanned('guarded');
  expect((await destroy()).retained).toMatchObject([{logicalId: 'Rows', isProtected: true}]);
});

test('a bucket in which Object Lock holds a version is named before anything is emptied', async () => {
  await create('locked');
  const Bucket = await physicalId('locked', 'Inbox');
  await s3.putObject({Bucket, Key: 'order one.json', Body: 'first'});
  const RetainUntilDate = new Date('2999-01-01T00:00:00Z');
  const none: Way = async () => {
    throw Object.assign(new Error('none'), {name: 'NoSuchObjectLockConfiguration'});
  };
  const look = (GetObjectRetention: Way, GetObjectLegalHold: Way) =>
    planDestruction(
      failingCalls(cloud, {
        GetObjectLockConfiguration: async () => ({ObjectLockConfiguration: {ObjectLockEnabled: 'Enabled'}}),
        GetObjectRetention,
        GetObjectLegalHold,
      }),
      'locked',
      cloud.account,
    );
  const held = `The bucket ${Bucket} cannot be emptied: Object Lock holds 1 of the 1 versions that gear looked at`;
  const keep = 'DeletionPolicy: Retain for Inbox in the template, deployed first, to keep the bucket';
  await expect(look(async () => ({Retention: {Mode: 'GOVERNANCE', RetainUntilDate}}), none)).rejects.toMatchObject({
    code: 'OBJECT_LOCKED',
    message: `${held}: order one.json until 2999-01-01T00:00:00.000Z (governance retention)`,
    suggestions: [
      'wait until 2999-01-01T00:00:00.000Z, when the last of these is free',
      expect.stringMatching(/s3:BypassGovernanceRetention .*; gear does not$/),
      keep,
    ],
  });
  await expect(look(none, async () => ({LegalHold: {Status: 'ON'}}))).rejects.toMatchObject({
    message: `${held}: order one.json by a legal hold`,
    suggestions: [expect.stringMatching(/--key 'order one.json' --version-id \S+ --legal-hold Status=OFF/), keep],
  });
  await expect(look(none, throttled)).rejects.toThrow('Could not find out what Object Lock holds in the bucket');
  const past = async () => ({Retention: {Mode: 'COMPLIANCE', RetainUntilDate: new Date(0)}});
  const plan = await look(past, none);
  expect(destroyPlanText(plan!, paintFor('stdout'))).toContain(
    'with 1 version in it; Object Lock is on, and holds none of the 1 looked at',
  );
  expect((await s3.listObjectsV2({Bucket})).KeyCount).toBe(1);
});

test.each<[string, Way, DestructionPhase]>([
  ['throttled', throttled, 'untouched'],
  ['not answered', lost, 'unanswered'],
  ['heard, and its answer lost', answerLost, 'deleting'],
])('^C after a deletion that was %s tells what goes on', async (how, way, phase) => {
  const stackName = `stopped-${how.split(' ')[0]!.replace(',', '')}`;
  await create(stackName, roles);
  const plan = await planDestruction(clients, stackName, cloud.account);
  const interrupt = new AbortController();
  const by = failingCalls(cloud, {
    DeleteStack(send, n) {
      interrupt.abort();
      return way(send, n);
    },
  });
  let left: DestructionPhase = 'untouched';
  const destruction = destroyStack(by, {
    plan: plan!,
    owner: cloud.account,
    pollMilliseconds: 1,
    signal: interrupt.signal,
    onEvent(event) {
      left = phaseAfter(event, left);
    },
  });
  await expect(destruction).rejects.toMatchObject({name: 'AbortError'});
  expect(left).toBe(phase);
});

test('goes on after ^C with the same command', async () => {
  await create('interrupted');
  const Bucket = await physicalId('interrupted', 'Inbox');
  await fill(Bucket);
  const command = [gearPath, 'destroy', '--yes', '--stack', 'interrupted', ...account()];
  const child = execa(process.execPath, command, {cwd: folder, env: environment(), reject: false});
  // A second one would end the process at once.
  let heard = '';
  child.stderr.on('data', chunk => {
    const before = heard;
    heard += String(chunk);
    if (!before.includes('Emptying') && heard.includes('Emptying')) child.kill('SIGINT');
  });
  const {exitCode, stderr} = await child;
  if (exitCode !== 0) {
    expect(exitCode).toBe(130);
    expect(stderr).toContain('Interrupted.');
  }
  expect(await run('destroy', '--yes', '--stack', 'interrupted')).toMatchObject({exitCode: 0});
  expect(await statusOf('interrupted')).toBeUndefined();
});

test('the packages of the service here stay when a stack of another name is destroyed', async () => {
  const [own, other] = await Promise.all(
    ['orders-pr-1', 'billing-pr-1'].map(stack => run('destroy', '--stack', stack, '--packages', '--yes')),
  );
  expect(own!.stdout).toContain('No uploaded packages to remove');
  await create('billing');
  expect((await run('destroy', '--stack', 'billing', '--packages', '--yes')).stderr).toContain('its packages stay');
  expect(other).toMatchObject({
    exitCode: 0,
    stdout: 'There is no stack billing-pr-1 here: nothing to delete',
    stderr: expect.stringContaining('Of which service billing-pr-1 was is not known: its packages stay'),
  });
});
