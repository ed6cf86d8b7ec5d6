import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {type AwsClients, awsClients} from '../../src/aws/clients.ts';
import {type Call, watchCalls} from '../../src/aws/watch-calls.ts';
import {deployService} from '../../src/deploy/deploy-service.ts';
import type {Approve, DeployedStack} from '../../src/deploy/deploy-stack.ts';
import {executePlan} from '../../src/deploy/execute-plan.ts';
import type {Review} from '../../src/deploy/review/review.ts';
import {type LocalCloud, startLocalCloud} from '../../src/local/cloud.ts';

let folder: string;
let cloud: LocalCloud;
let clients: AwsClients;
let calls: Call[];
let refuse: string | undefined;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gear-plan-'));
  mkdirSync(join(folder, 'code'));
  writeCode('return 1');
  cloud = await startLocalCloud();
  calls = [];
  refuse = undefined;
  clients = watchCalls(awsClients(cloud), (call, send) => {
    calls.push(call);
    if (call.operation === refuse)
      throw Object.assign(new Error('not you'), {name: 'AccessDenied', $metadata: {httpStatusCode: 403}});
    return send();
  });
});
afterEach(async () => {
  await cloud.close();
  rmSync(folder, {recursive: true, force: true});
});

function writeCode(body: string): void {
  writeFileSync(join(folder, 'code/index.mjs'), `export const handler = async () => {${body}};`);
}

const template = ({key = 'order', memory = 256, actions = 'dynamodb:PutItem'} = {}) => `Parameters:
  Secret: {Type: String, Default: none, NoEcho: true}
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: ${key}, AttributeType: S}]
      KeySchema: [{AttributeName: ${key}, KeyType: HASH}]
  SaveRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
      Policies:
        - PolicyName: save
          PolicyDocument:
            Statement: [{Effect: Allow, Action: [${actions}], Resource: !GetAtt Orders.Arn}]
  Save:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      MemorySize: ${memory}
      Role: !GetAtt SaveRole.Arn
      Code: ./code
Outputs:
  Table: {Value: !Ref Orders}
`;

const path = () => join(folder, 'template.yaml');

async function deploy(text: string, approve: Approve = async () => true, parameters = {}): Promise<DeployedStack> {
  writeFileSync(path(), text);
  calls = [];
  const {account, region, endpoint} = cloud;
  const identity = {account, region, endpoint, arn: ''};
  return deployService(clients, identity, {
    service: 'orders',
    stackName: 'orders',
    template: path(),
    parameters,
    prebuilt: false,
    fallbackModules: [],
    pollMilliseconds: 10,
    onEvent: () => {},
    approve,
  });
}

async function plan(text: string): Promise<Review> {
  const {plan: kept} = await deploy(text, async () => 'keep');
  return kept!;
}

function execute(hash: string): Promise<DeployedStack> {
  calls = [];
  return executePlan(clients, {
    stackName: 'orders',
    hash,
    file: path(),
    text: readFileSync(path(), 'utf8'),
    pollMilliseconds: 10,
    onEvent: () => {},
    confirm: () => {},
  });
}

const refused = (running: Promise<unknown>) =>
  running.then(
    () => 'executed',
    (error: {code: string}) => error.code,
  );
const writes = () => calls.map(({operation}) => operation).filter(operation => !/^(Describe|Get|List)/.test(operation));
const memory = async () => {
  const {Functions = []} = await (await clients.lambda()).listFunctions({});
  return Functions[0]?.MemorySize;
};

test('a deployment without a change asks three times and writes nothing', async () => {
  await deploy(template());
  expect(await deploy(template())).toMatchObject({changed: false, outputs: {Table: expect.any(String)}});
  expect(calls.map(({operation}) => operation)).toEqual(['DescribeStacks', 'DescribeStacks', 'GetTemplate']);
});

test('other code, another parameter and a template that looks something up are changes to be asked about', async () => {
  await deploy(template());
  expect(await deploy(template(), undefined, {Secret: 'other'})).toMatchObject({changed: false});
  expect(writes()).toContain('CreateChangeSet');
  writeCode('return 2');
  expect(await deploy(template())).toMatchObject({changed: true});
});

test('a plan is executed as it was reviewed, whatever the template says by then, and once', async () => {
  const first = await plan(template());
  expect(await execute(first.hash)).toMatchObject({changed: true, status: 'CREATE_COMPLETE'});
  const second = await plan(template({memory: 512}));
  writeFileSync(path(), template({memory: 1024}));
  expect(await execute(second.hash)).toMatchObject({status: 'UPDATE_COMPLETE'});
  expect(await memory()).toBe(512);
  expect(writes()).toEqual(['ExecuteChangeSet']);
  expect(await refused(execute(second.hash))).toBe('PLAN_GONE');
});

test('a plan is refused once the stack was changed, the change set deleted, or by another hash', async () => {
  await deploy(template());
  const kept = await plan(template({memory: 512}));
  expect(await refused(execute(`${kept.hash.slice(0, -1)}0`.replace(/0$/, kept.hash.endsWith('0') ? '1' : '0')))).toBe(
    'PLAN_GONE',
  );
  const deleted = await plan(template({memory: 768}));
  await (await clients.cloudFormation()).deleteChangeSet({ChangeSetName: deleted.changeSet});
  expect(await refused(execute(deleted.hash))).toBe('PLAN_GONE');
  await deploy(template({memory: 1024}));
  expect(await refused(execute(kept.hash))).toBe('PLAN_GONE');
  expect(await memory()).toBe(1024);
});

test('a plan that may not be looked for is refused with what AWS says', async () => {
  const {hash} = await plan(template());
  refuse = 'ListChangeSets';
  await expect(execute(hash)).rejects.toThrow(/^Could not list the change sets of .*: AccessDenied: not you$/);
});

test('two plans of the same change have hashes of their own, and refusing a third leaves both', async () => {
  const hashes = [await plan(template()), await plan(template())].map(({hash}) => hash);
  expect(new Set(hashes).size).toBe(2);
  expect(await refused(deploy(template(), async () => false))).toBe('NOT_APPROVED');
  expect(await execute(hashes[0]!)).toMatchObject({status: 'CREATE_COMPLETE'});
});

test('a creation that nobody approves leaves no stack', async () => {
  expect(await refused(deploy(template(), async () => false))).toBe('NOT_APPROVED');
  expect(await refused((await clients.cloudFormation()).describeStacks({StackName: 'orders'}))).not.toBe('executed');
});

test('a review tells of permissions, data and sizes', async () => {
  await deploy(template());
  writeCode('/* a longer comment, which is compressed badly: qwertzuiopasdfghjklyxcvbnm */ return 2');
  const {permissions, atRisk, sizes} = await plan(template({key: 'id', actions: 'dynamodb:PutItem, dynamodb:GetItem'}));
  expect(permissions).toMatchObject([
    {name: 'SaveRole', functions: ['Save'], verdict: 'widened', widened: [{action: 'dynamodb:GetItem'}], narrowed: []},
  ]);
  expect(atRisk).toEqual([
    {
      logicalId: 'Orders',
      resourceType: 'AWS::DynamoDB::Table',
      fate: 'replaced',
      kept: false,
      properties: ['KeySchema'],
    },
  ]);
  expect(sizes).toEqual([{function: 'Save', before: expect.any(Number), after: expect.any(Number)}]);
  expect(sizes[0]!.after).toBeGreaterThan(sizes[0]!.before!);
  const removed = await plan(
    template()
      .replace(/ {2}Orders:[\s\S]*?(?= {2}SaveRole)/, '')
      .replaceAll(/!(GetAtt Orders.Arn|Ref Orders)/g, "'*'"),
  );
  expect(removed.atRisk).toMatchObject([{logicalId: 'Orders', fate: 'removed', kept: true}]);
});
