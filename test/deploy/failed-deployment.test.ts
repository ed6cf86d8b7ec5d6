import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {type AwsClients, awsClients} from '../../src/aws/clients.ts';
import {deployService} from '../../src/deploy/deploy-service.ts';
import {type LocalCloud, startLocalCloud} from '../../src/local/cloud.ts';

let folder: string;
let cloud: LocalCloud;
let clients: AwsClients;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gear-deploy-'));
  mkdirSync(join(folder, 'code'));
  writeFileSync(join(folder, 'code/index.mjs'), 'export const handler = async () => 1;');
  cloud = await startLocalCloud();
  clients = awsClients(cloud);
});
afterEach(async () => {
  await cloud.close();
  rmSync(folder, {recursive: true, force: true});
});

const template = (save: {memory?: number; queue?: string} = {}) => `Resources:
  Inbox:
    Type: AWS::SQS::Queue
    Properties: {QueueName: ${save.queue ?? 'inbox'}}
  SaveRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
  SaveOrder:
    Type: AWS::Lambda::Function
    DependsOn: Inbox
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      MemorySize: ${save.memory ?? 256}
      Role: !GetAtt SaveRole.Arn
      Code: ./code
`;

/** What a deployment of this template comes to: the stack's status, or the error's first line, with its code. */
async function deploy(text: string): Promise<string> {
  const path = join(folder, 'template.yaml');
  writeFileSync(path, text);
  const {account, region, endpoint} = cloud;
  return deployService(
    clients,
    {account, region, endpoint, arn: ''},
    {
      service: 'orders',
      stackName: 'orders',
      template: path,
      parameters: {},
      prebuilt: false,
      fallbackModules: [],
      pollMilliseconds: 10,
      onEvent: () => {},
      approve: async () => true,
    },
  ).then(
    ({status}) => status,
    (error: {code: string; message: string}) => `${error.code} ${error.message.replace(`${folder}/`, '')}`,
  );
}

async function statusOfStack(): Promise<string> {
  const cloudFormation = await clients.cloudFormation();
  return cloudFormation.describeStacks({StackName: 'orders'}).then(
    ({Stacks = []}) => String(Stacks[0]?.StackStatus),
    (error: Error) => error.message,
  );
}

async function queues(): Promise<readonly string[]> {
  const {QueueUrls = []} = await (await clients.sqs()).listQueues({});
  return QueueUrls.map(url => url.slice(url.lastIndexOf('/') + 1));
}

const tooMuch =
  /^DEPLOYMENT_FAILED template\.yaml:16:7: SaveOrder \(AWS::Lambda::Function\) failed: .*'memorySize'.*10240/;

test('a creation that fails names resource, reason and line, leaves nothing, and the next one works', async () => {
  const failed = await deploy(template({memory: 99999}));
  expect(failed).toMatch(tooMuch);
  expect(failed).toMatch(/The stack orders was deleted again$/);
  expect(await statusOfStack()).toBe('Stack with id orders does not exist');
  expect(await queues()).toEqual([]);
  expect(await deploy(template())).toBe('CREATE_COMPLETE');
});

test('an update that fails is rolled back to what was there, and the next one works', async () => {
  await deploy(template());
  const failed = await deploy(template({memory: 99999, queue: 'other'}));
  expect(failed).toMatch(tooMuch);
  expect(failed).toMatch(/The stack orders was rolled back to what it was$/);
  expect(await statusOfStack()).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await queues()).toEqual(['inbox']);
  expect(await deploy(template({queue: 'other'}))).toBe('UPDATE_COMPLETE');
  expect(await queues()).toEqual(['other']);
});

test('a template that is refused names resource and line, and leaves no stack', async () => {
  const refused = await deploy(`${template()}  Network:\n    Type: AWS::EC2::VPC\n`);
  expect(refused).toMatch(
    /^AWS_ERROR template\.yaml:19:3: Could not create a change set for orders: .*AWS::EC2::VPC \(Network\)$/,
  );
  expect(await statusOfStack()).toBe('Stack with id orders does not exist');
  expect(await deploy(template())).toBe('CREATE_COMPLETE');
});

test('an upload that is refused says of what and to where, and touches no stack', async () => {
  await deploy(template());
  const bucket = `gear-artifacts-${cloud.account}-${cloud.region}`;
  const denial = {Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: `arn:aws:s3:::${bucket}/*`};
  await (await clients.s3()).putBucketPolicy({
    Bucket: bucket,
    Policy: JSON.stringify({Version: '2012-10-17', Statement: [denial]}),
  });
  expect(await deploy(template({queue: 'other'}))).toMatch(
    new RegExp(`^AWS_ERROR Could not upload orders/template/\\w+\\.yaml to ${bucket}: AccessDenied: .*s3:PutObject`),
  );
  expect(await statusOfStack()).toBe('CREATE_COMPLETE');
});
