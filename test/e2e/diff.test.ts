import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {type AwsClients, awsClients} from '../../src/aws/clients.ts';
import {zip} from '../../src/bundle/zip.ts';
import {hotswap} from '../../src/deploy/hotswap.ts';
import {undoHotswaps} from '../../src/deploy/undo-hotswaps.ts';
import {type LocalCloud, startLocalCloud} from '../../src/local/cloud.ts';
import {failingCalls, throttled, type Way} from '../flaky-aws/failing-calls.ts';
import {gear} from './gear.ts';

const artifacts = 'gear-artifacts-000000000000-us-east-1';
const handler = (answer: number) => `export const handler = async () => ${answer};`;
const packed = zip([{path: 'index.mjs', bytes: Buffer.from(handler(1))}]);
const key = `orders/Save/${packed.hash}.zip`;

const template = (code: string, {memory = 128, more = ''} = {}) => `
Parameters:
  Delay: {Type: Number, Default: 0}
Resources:
  Inbox:
    Type: AWS::SQS::Queue
    Properties: {DelaySeconds: !Ref Delay}
  SaveRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
  Save:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: save
      Runtime: nodejs24.x
      Handler: index.handler
      MemorySize: ${memory}
      Role: !GetAtt SaveRole.Arn
      Code: ${code}
${more.replace('CODE', code)}`;
const statement = '{Effect: Allow, Action: sqs:SendMessage, Resource: "*"}';
const version = `
  SaveVersion:
    Type: AWS::Lambda::Version
    Properties: {FunctionName: !Ref Save, Description: gear 3f2a}
`;
const second = `
  Send:
    Type: AWS::Lambda::Function
    Properties: {Runtime: nodejs24.x, Handler: index.handler, Role: !GetAtt SaveRole.Arn, Code: CODE}
`;
const written = (options: Parameters<typeof template>[1] = {}) =>
  writeFileSync(join(folder, 'template.yaml'), template('./code', options));
const code = (answer: number) => writeFileSync(join(folder, 'code/index.mjs'), handler(answer));
const settings = (text: string) => writeFileSync(join(folder, 'gear.yaml'), `service: orders\n${text}`);

const folder = mkdtempSync(join(tmpdir(), 'gear-diff-'));
let cloud: LocalCloud;
let clients: AwsClients;

/** As a deployment leaves it: the template with the package's place in it. */
beforeAll(async () => {
  cloud = await startLocalCloud();
  clients = awsClients(cloud);
  mkdirSync(join(folder, 'code'));
  settings('');
  written();
  code(1);
  const s3 = await clients.s3();
  await s3.createBucket({Bucket: artifacts});
  await s3.putObject({Bucket: artifacts, Key: key, Body: packed.bytes});
  await update();
});
afterAll(async () => {
  await cloud.close();
  rmSync(folder, {recursive: true, force: true});
});

async function update(options: Parameters<typeof template>[1] = {}): Promise<void> {
  const client = await clients.cloudFormation();
  const input = {
    StackName: 'orders',
    TemplateBody: template(`{S3Bucket: ${artifacts}, S3Key: ${key}}`, options),
    Capabilities: ['CAPABILITY_IAM' as const],
  };
  const status = async () => (await client.describeStacks({StackName: 'orders'})).Stacks![0]!.StackStatus!;
  await ((await status().catch(() => undefined)) ? client.updateStack(input) : client.createStack(input));
  while ((await status()).endsWith('_IN_PROGRESS'));
  expect(await status()).toMatch(/^(CREATE|UPDATE)_COMPLETE$/);
}

const run = (...args: string[]) =>
  gear([...args, '--endpoint-url', cloud.endpoint, '--region', cloud.region], {
    cwd: folder,
    env: {
      AWS_ACCESS_KEY_ID: cloud.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: cloud.credentials.secretAccessKey,
    },
  });

/** The keys of somebody who may do only this. */
async function reader(Action: readonly string[]): Promise<Record<string, string>> {
  const RoleName = 'reader';
  const allow = (rest: object) => JSON.stringify({Statement: [{Effect: 'Allow', ...rest}]});
  const iam = await clients.iam();
  const {Role} = await iam.createRole({
    RoleName,
    AssumeRolePolicyDocument: allow({Principal: {AWS: cloud.account}, Action: 'sts:AssumeRole'}),
  });
  await iam.putRolePolicy({RoleName, PolicyName: 'reads', PolicyDocument: allow({Action, Resource: '*'})});
  const sts = await clients.sts();
  const {Credentials} = await sts.assumeRole({RoleArn: Role!.Arn!, RoleSessionName: 'reads'});
  return {
    AWS_ACCESS_KEY_ID: Credentials!.AccessKeyId!,
    AWS_SECRET_ACCESS_KEY: Credentials!.SecretAccessKey!,
    AWS_SESSION_TOKEN: Credentials!.SessionToken!,
  };
}

async function answer(): Promise<string> {
  const {Payload} = await (await clients.lambda()).invoke({FunctionName: 'save'});
  return Payload!.transformToString();
}

test('ends with 0 when nothing differs, and with 1 when something does', async () => {
  expect(await run('diff')).toMatchObject({
    exitCode: 0,
    stdout: 'orders is what is deployed: no differences',
  });
  written({memory: 256});
  code(2);
  const {stdout, exitCode} = await run('diff', '--parameter', 'Delay=5');
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(
    /Modify {2}Save {2}AWS::Lambda::Function\n {4}MemorySize: 128 -> 256\n {4}Code: \w{12} -> \w{12}\n/,
  );
  expect(stdout).toMatch(
    /Values of parameters\n {2}Delay: 0 -> 5\nPermissions\n {2}equal: SaveRole\nCode, zipped\n {2}Save {2}155 bytes/,
  );
});

test('says whose permissions are widened, what is replaced and which data is lost with it', async () => {
  code(1);
  writeFileSync(
    join(folder, 'template.yaml'),
    template('./code')
      .replace('Properties: {', 'Properties: {QueueName: inbox, ')
      .replace(
        '\n  Save:',
        `\n      Policies: [{PolicyName: more, PolicyDocument: {Statement: [${statement}]}}]\n  Save:`,
      ),
  );
  const {stdout, exitCode} = await run('diff');
  expect(exitCode).toBe(1);
  expect(stdout).toContain('  Modify  Inbox  AWS::SQS::Queue (replaced: QueueName)\n    QueueName: (none) -> inbox\n');
  expect(stdout).toContain('Permissions\n  SaveRole of Save  widened\n    + sqs:SendMessage on *\n');
  expect(stdout).toContain('Data at risk\n  Inbox (AWS::SQS::Queue) is replaced, because QueueName changes');
  const {Summaries} = await (await clients.cloudFormation()).listChangeSets({StackName: 'orders'});
  expect(Summaries).toEqual([]);
});

test('says what it does not know where a change set is not allowed', async () => {
  const {stdout, exitCode} = await gear(['diff', '--endpoint-url', cloud.endpoint, '--region', cloud.region], {
    cwd: folder,
    env: await reader(['cloudformation:Describe*', 'cloudformation:GetTemplate', 's3:ListBucket']),
  });
  expect(exitCode).toBe(1);
  expect(stdout).toContain('SaveRole of Save  widened');
  expect(stdout).toMatch(/\nWhat is replaced is not known: .*cloudformation:CreateChangeSet/);
});

test('compares with the stack of a stage, and the values that gear.yaml gives it', async () => {
  settings('stages: {dev: {parameters: {Delay: 7}}}\n');
  written();
  const {stdout, stderr, exitCode} = await run('diff', '--stage', 'dev');
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^Comparing with orders-dev /);
  expect(stdout).toMatch(/^orders-dev is not deployed here: a deployment would create all of it\nPermissions\n/);
  expect((await run('diff', '--stage', 'test')).stderr).toContain('there is no stage test; it lists dev');
  settings('');
});

test('asks CloudFormation where the templates do not say it all, and leaves no change set behind', async () => {
  code(1);
  written({more: `  Name: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: '{{resolve:ssm:/stage}}'}}\n`});
  const {differs, changeSet} = (await run('diff', '--json')).json<{differs: boolean; changeSet: object[]}>();
  expect(differs).toBe(true);
  expect(changeSet).toMatchObject([{action: 'Add', logicalId: 'Name'}]);
  const {Summaries} = await (await clients.cloudFormation()).listChangeSets({StackName: 'orders'});
  expect(Summaries).toEqual([]);
});

test('hotswaps code, only code, and only on a stack for development', async () => {
  written();
  code(3);
  const refused = await run('deploy', '--hotswap');
  expect(refused.exitCode).toBe(2);
  expect(refused.stderr).toContain('orders is not a development stack');

  settings('development: [orders]\n');
  const swapped = await run('deploy', '--hotswap');
  expect(swapped).toMatchObject({exitCode: 0, stdout: 'Hotswapped Save'});
  expect(swapped.stderr).toContain('orders now runs code that its stack does not know');
  expect(await answer()).toBe('3');

  written({memory: 256});
  const more = await run('deploy', '--hotswap');
  expect(more.exitCode).toBe(2);
  expect(more.stderr).toContain('Nothing was hotswapped: more than code changed: Save (MemorySize)');
});

test('a deployment gives the code back that its stack says', async () => {
  expect(await answer()).toBe('3');
  expect(await undoHotswaps(clients, 'orders', 10)).toEqual(['Save']);
  expect(await answer()).toBe('1');
  expect(await undoHotswaps(clients, 'orders', 10)).toEqual([]);
});

test('a hotswap that fails says which functions have the new code already', async () => {
  await update({more: second});
  written({more: second});
  code(4);
  const {account, region, endpoint} = cloud;
  const once: Way = (send, n) => (n === 1 ? send() : throttled(send, n));
  const swapping = hotswap(
    failingCalls(cloud, {UpdateFunctionCode: once}),
    {account, region, endpoint, arn: ''},
    {
      service: 'orders',
      stackName: 'orders',
      template: join(folder, 'template.yaml'),
      parameters: {},
      fallbackModules: [],
      pollMilliseconds: 10,
      onEvent: () => {},
    },
  );
  await expect(swapping).rejects.toMatchObject({
    code: 'THROTTLED',
    message: 'Could not hotswap Send: AWS throttles, 8 times: Rate exceeded. Hotswapped before: Save',
  });
  expect(await answer()).toBe('4');
  expect(await undoHotswaps(clients, 'orders', 10)).toEqual(['Save', 'Send']);
});

test('hotswaps nothing where something is called through a version', async () => {
  const published = second + version.replace('!Ref Save', '!Ref Send');
  await update({more: published});
  written({more: published});
  const {stderr, exitCode} = await run('deploy', '--hotswap');
  expect(exitCode).toBe(2);
  expect(stderr).toContain('Send is published in versions, and what calls it would not see the code');
  expect(await answer()).toBe('1');
});
