import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {type AwsClients, awsClients} from '../../src/aws/clients.ts';
import {type LocalCloud, startLocalCloud} from '../../src/local/cloud.ts';
import {gear} from './gear.ts';

const template = (memory: number) =>
  `
Resources:
  AcceptRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
      Policies: []
  Accept:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      MemorySize: ${memory}
      Role: !GetAtt AcceptRole.Arn
      Code: {ZipFile: 'exports.handler = async () => 1;'}
  Failed:
    Type: AWS::SQS::Queue
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 3}
  DepthAlarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmName: failed-orders
      Namespace: AWS/SQS
      MetricName: ApproximateNumberOfMessagesVisible
      Dimensions: [{Name: QueueName, Value: !GetAtt Failed.QueueName}]
      Statistic: Maximum
      Period: 60
      EvaluationPeriods: 1
      Threshold: 0
      ComparisonOperator: GreaterThanThreshold
  AgeAlarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/SQS
      MetricName: ApproximateAgeOfOldestMessage
      Dimensions: [{Name: QueueName, Value: !GetAtt Orders.QueueName}]
      Statistic: Maximum
      Period: 60
      EvaluationPeriods: 1
      Threshold: 600
      ComparisonOperator: GreaterThanThreshold
`;

const folder = mkdtempSync(join(tmpdir(), 'gear-status-'));
let cloud: LocalCloud;
let clients: AwsClients;

beforeAll(async () => {
  cloud = await startLocalCloud();
  clients = awsClients(cloud);
  writeFileSync(join(folder, 'gear.yaml'), 'stack: orders\n');
});
afterAll(async () => {
  await cloud.close();
  rmSync(folder, {recursive: true, force: true});
});

const run = (...args: string[]) =>
  gear([...args, '--endpoint-url', cloud.endpoint, '--region', cloud.region], {
    cwd: folder,
    env: {
      AWS_ACCESS_KEY_ID: cloud.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: cloud.credentials.secretAccessKey,
    },
  });

async function deploy(memory: number): Promise<string> {
  writeFileSync(join(folder, 'template.yaml'), template(memory));
  const client = await clients.cloudFormation();
  const input = {StackName: 'orders', TemplateBody: template(memory), Capabilities: ['CAPABILITY_IAM' as const]};
  const status = async () => (await client.describeStacks({StackName: 'orders'})).Stacks![0]!.StackStatus!;
  const exists = await status().catch(() => undefined);
  await (exists === undefined ? client.createStack(input) : client.updateStack(input));
  while ((await status()).endsWith('_IN_PROGRESS'));
  return status();
}

test('starts no embedded AWS only to find nothing in it', async () => {
  const {stderr, exitCode} = await gear(['status', '--local', '--stack', 'orders'], {cwd: folder});
  expect(exitCode).toBe(2);
  expect(stderr).toBe('Error: gear local is not running for this folder\n  Try: gear local start');
  expect(existsSync(join(folder, '.gear'))).toBe(false);
});

test('says which stack is not there', async () => {
  writeFileSync(join(folder, 'template.yaml'), template(128));
  const {stderr, exitCode} = await run('status');
  expect(exitCode).toBe(2);
  expect(stderr).toContain('There is no stack orders here');
});

test('shows functions, alarms that went off, depths of queues, and why the last deployment failed', async () => {
  expect(await deploy(128)).toBe('CREATE_COMPLETE');
  const quiet = await run('status');
  expect(quiet.exitCode).toBe(0);
  expect(quiet.stdout).toMatch(/^orders {2}CREATE_COMPLETE, changed /);
  expect(quiet.stdout).toMatch(/\n {2}Accept {2}deployed .* {2}nodejs24.x, \d+ bytes\n/);
  expect(quiet.stdout).toContain('\nAlarms  none of 2 in ALARM\n');
  expect(quiet.stdout).toMatch(/\n {2}Orders {2}empty(\n|$)/);
  expect(quiet.stdout).not.toContain('Last failure');

  expect(await deploy(64_000)).toBe('UPDATE_ROLLBACK_COMPLETE');
  await (await clients.cloudWatch()).setAlarmState({
    AlarmName: 'failed-orders',
    StateValue: 'ALARM',
    StateReason: 'orders have failed',
  });
  const sqs = await clients.sqs();
  const {QueueUrls = []} = await sqs.listQueues({QueueNamePrefix: 'orders-Failed'});
  await sqs.sendMessage({QueueUrl: QueueUrls[0], MessageBody: '{}'});
  const {stdout} = await run('status');
  expect(stdout).toMatch(/^orders {2}UPDATE_ROLLBACK_COMPLETE, /);
  expect(stdout).toMatch(/\n {2}DepthAlarm {2}ALARM since .* {2}orders have failed\n {2}1 other is quiet\n/);
  expect(stdout).toContain('\n  Failed  1 message  dead letters\n');
  expect(stdout).toMatch(
    /\nLast failure {2}.*\n {2}Accept {2}UPDATE_FAILED {2}AWS::Lambda::Function\n {2}.*memorySize/,
  );
});

test('tells a failure that was overcome, and a function that somebody deleted', async () => {
  expect(await deploy(256)).toBe('UPDATE_COMPLETE');
  const before = (await run('status', '--json')).json<{
    functions: {name: string; state: string}[];
    lastFailure: object;
  }>();
  expect(before.lastFailure).toMatchObject({logicalId: 'Accept', status: 'UPDATE_FAILED', overcome: true});
  await (await clients.lambda()).deleteFunction({FunctionName: before.functions[0]!.name});
  expect((await run('status')).stdout).toContain('\n  Accept  is not there any more\n');
});

test('finds what was changed behind the back of the stack, and nothing else', async () => {
  const client = await clients.cloudFormation();
  await client.deleteStack({StackName: 'orders'});
  while (await client.describeStacks({StackName: 'orders'}).catch(() => undefined));
  expect(await deploy(128)).toBe('CREATE_COMPLETE');
  const clean = await run('drift');
  expect(clean.exitCode).toBe(0);
  expect(clean.stdout).toMatch(
    /^orders is as its template says: 2 resources in sync\nNot checked: 2 AWS::CloudWatch::Alarm, 2 AWS::SQS::Queue; drift of these types is not detected$/,
  );

  const resources = (await client.describeStackResources({StackName: 'orders'})).StackResources!;
  const idOf = (id: string) => resources.find(({LogicalResourceId}) => LogicalResourceId === id)!.PhysicalResourceId!;
  await (await clients.lambda()).updateFunctionConfiguration({FunctionName: idOf('Accept'), MemorySize: 512});
  const PolicyDocument = JSON.stringify({Statement: [{Effect: 'Allow', Action: 's3:*', Resource: '*'}]});
  await (await clients.iam()).putRolePolicy({RoleName: idOf('AcceptRole'), PolicyName: 'more', PolicyDocument});
  const {stdout, exitCode} = await run('drift');
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/^orders has drifted\n/);
  expect(stdout).toContain('  Accept  AWS::Lambda::Function  changed\n    /MemorySize: 128 -> 512\n');
  expect(stdout).toContain('  AcceptRole  AWS::IAM::Role  changed\n    /Policies/0: added {"PolicyName":"more"');
  const {Stacks} = await client.describeStacks({StackName: 'orders'});
  expect(Stacks![0]!.DriftInformation).toMatchObject({StackDriftStatus: 'DRIFTED'});

  await (await clients.lambda()).deleteFunction({FunctionName: idOf('Accept')});
  expect((await run('drift')).stdout).toContain('  Accept  AWS::Lambda::Function  is not there any more\n');
});
