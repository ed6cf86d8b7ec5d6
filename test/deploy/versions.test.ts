import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {type AwsClients, awsClients} from '../../src/aws/clients.ts';
import {deployService} from '../../src/deploy/deploy-service.ts';
import {type LocalCloud, startLocalCloud} from '../../src/local/cloud.ts';

let folder: string;
let cloud: LocalCloud;
let clients: AwsClients;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gear-versions-'));
  mkdirSync(join(folder, 'code'));
  cloud = await startLocalCloud();
  clients = awsClients(cloud);
});
afterAll(async () => {
  await cloud.close();
  rmSync(folder, {recursive: true, force: true});
});

interface Service {
  readonly code?: number;
  readonly queue?: string;
  readonly delay?: number;
  readonly more?: string;
  readonly after?: string;
}

const template = ({queue = 'inbox', delay = 0, more = '', after = ''}: Service) => `
Parameters:
  Memory: {Type: Number, Default: 128}
Resources:
  Inbox:
    Type: AWS::SQS::Queue
    Properties: {QueueName: ${queue}, DelaySeconds: ${delay}}
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
      MemorySize: !Ref Memory
      Role: !GetAtt SaveRole.Arn
      Code: ./code
      Environment: {Variables: {QUEUE: !Ref Inbox}}
      ${more}
  SaveVersion:
    Type: AWS::Lambda::Version
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      FunctionName: !Ref Save
      Description: gear
  ${after}
`;

async function deploy(service: Service = {}, parameters: Record<string, string> = {}): Promise<boolean> {
  writeFileSync(join(folder, 'template.yaml'), template(service));
  writeFileSync(join(folder, 'code/index.mjs'), `export const handler = async () => ${service.code ?? 1};`);
  const {account, region, endpoint} = cloud;
  const {changed} = await deployService(
    clients,
    {account, region, endpoint, arn: ''},
    {
      service: 'orders',
      stackName: 'orders',
      template: join(folder, 'template.yaml'),
      parameters,
      prebuilt: false,
      fallbackModules: [],
      pollMilliseconds: 10,
      onEvent: () => {},
      approve: async () => true,
    },
  );
  return changed;
}

async function versions(): Promise<number> {
  const {Versions = []} = await (await clients.lambda()).listVersionsByFunction({FunctionName: 'save'});
  return Versions.length - 1;
}

const broken = `Broken:
    Type: AWS::SQS::Queue
    DependsOn: SaveVersion
    Properties: {QueueName: "not a name"}`;

/** One after the other, on one stack: whether it changed, and how many versions there are then. */
test.each<[string, Service, Record<string, string>, boolean, number]>([
  ['the first deployment', {}, {}, true, 1],
  ['nothing', {}, {}, false, 1],
  ['the value that the parameter has', {}, {Memory: '128'}, false, 1],
  ['code', {code: 2}, {}, true, 2],
  ['configuration', {code: 2}, {Memory: '256'}, true, 3],
  ['nothing, with the parameter as it was', {code: 2}, {}, false, 3],
  ['something beside the function', {code: 2, delay: 5}, {}, true, 3],
  [
    'what the function has and a version has not',
    {code: 2, delay: 5, more: 'ReservedConcurrentExecutions: 3'},
    {},
    true,
    3,
  ],
  ['a queue in its environment, which is replaced', {code: 2, queue: 'other'}, {}, true, 4],
  ['nothing, after that', {code: 2, queue: 'other'}, {}, false, 4],
  ['the code of before', {queue: 'other'}, {}, true, 5],
])('%s', async (_, service, parameters, changed, count) => {
  expect(await deploy(service, parameters)).toBe(changed);
  expect(await versions()).toBe(count);
});

test('a version that a failure took back is published when the same is deployed again', async () => {
  const changed = {code: 3, queue: 'other'};
  await expect(deploy({...changed, after: broken})).rejects.toThrow('Broken (AWS::SQS::Queue) failed');
  expect(await versions()).toBe(5);
  expect(await deploy(changed)).toBe(true);
  expect(await versions()).toBe(6);
});
