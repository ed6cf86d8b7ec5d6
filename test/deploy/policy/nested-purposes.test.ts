import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {type AwsClients, awsClients} from '../../../src/aws/clients.ts';
import {nestedResources} from '../../../src/aws/nested-resources.ts';
import {parseTemplate} from '../../../src/cloudformation/parse.ts';
import {detectDrift} from '../../../src/deploy/detect-drift.ts';
import {diffService} from '../../../src/deploy/diff/diff-service.ts';
import {reviewDiff} from '../../../src/deploy/diff/review-diff.ts';
import {functionStates} from '../../../src/deploy/function-states.ts';
import {hotswap} from '../../../src/deploy/hotswap.ts';
import {lastFailure} from '../../../src/deploy/last-failure.ts';
import {readNestedTemplates} from '../../../src/deploy/nested-templates.ts';
import type {Purpose} from '../../../src/deploy/policy/purpose.ts';
import {undoHotswaps} from '../../../src/deploy/undo-hotswaps.ts';
import {type LocalCloud, startLocalCloud} from '../../../src/local/cloud.ts';
import {findFunction} from '../../../src/recovery/find-function.ts';
import {queueStates} from '../../../src/recovery/queue-states.ts';
import {aboutOrders, allows, clientsForPurpose, deploy, identityOf, saveFunction} from './deploying-service.ts';

const folder = mkdtempSync(join(tmpdir(), 'gear-nested-purposes-'));
const file = join(folder, 'template.yaml');
const text = `Resources:
  Inbox: {Type: AWS::SQS::Queue}
  Storage:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: storage.yaml, Parameters: {Delay: '5'}}
`;
const storage = (more = '', policies = '[]') => `Parameters: {Delay: {Type: Number}}
Resources:
  Queue: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: !Ref Delay}}
${saveFunction(policies)}${more}`;

let cloud: LocalCloud;
let owner: AwsClients;
beforeAll(async () => {
  mkdirSync(join(folder, 'code'));
  writeFileSync(file, text);
  writeFileSync(join(folder, 'storage.yaml'), storage());
  writeFileSync(join(folder, 'code/index.mjs'), 'export const handler = async () => 1;');
  cloud = await startLocalCloud({region: 'eu-central-1'});
  const {endpoint, region, credentials} = cloud;
  owner = awsClients({endpoint, region, credentials});
  await deploy(owner, cloud, {file}, {stackName: 'orders'});
});
afterAll(async () => {
  await cloud.close();
  rmSync(folder, {recursive: true});
});

async function clientsFor(purpose: Purpose, role: string) {
  const template = parseTemplate(text, file);
  return clientsForPurpose(cloud, purpose, {
    role,
    template,
    nested: await readNestedTemplates(template),
    bucketExists: true,
  });
}

test('who may observe sees what is in nested stacks, and why one failed', async () => {
  const clients = await clientsFor('observe', 'Observer');
  const resources = await nestedResources(clients, 'orders');
  expect(resources.map(({logicalId}) => logicalId).sort()).toEqual([
    'Inbox',
    'Storage',
    'Storage/Queue',
    'Storage/Role',
    'Storage/SaveFunction',
  ]);
  expect(await functionStates(clients, resources)).toMatchObject([{logicalId: 'Storage/SaveFunction'}]);
  const queues = await queueStates(clients, resources, {stackName: 'orders', now: 0});
  expect(queues.map(({logicalId}) => logicalId).sort()).toEqual(['Inbox', 'Storage/Queue']);
  expect(await findFunction(clients, 'save', 'orders')).toMatchObject({logicalId: 'Storage/SaveFunction'});
  expect(await lastFailure(clients, 'orders')).toBeUndefined();
  writeFileSync(
    join(folder, 'storage.yaml'),
    storage('  Taken: {Type: AWS::S3::Bucket, Properties: {BucketName: NOT_a_name}}\n'),
  );
  await expect(deploy(owner, cloud, {file}, {stackName: 'orders'})).rejects.toThrow('Storage/Taken');
  writeFileSync(join(folder, 'storage.yaml'), storage());
  expect(await lastFailure(clients, 'orders')).toMatchObject({
    logicalId: 'Storage/Taken',
    resourceType: 'AWS::S3::Bucket',
    overcome: false,
  });
  expect(cloud.usage('Observer').roles[0]!.denied).toEqual([]);
});

test('who may observe sees what a deployment would change in nested stacks', async () => {
  const clients = await clientsFor('observe', 'Comparer');
  const differences = async () => {
    const compared = await diffService(clients, identityOf(cloud), aboutOrders(file));
    const {permissions, notReviewed} = await reviewDiff(clients, identityOf(cloud), aboutOrders(file), compared);
    const {template, notCompared} = compared.diff;
    return {names: template.map(({action, name}) => `${action} ${name}`), permissions, notCompared, notReviewed};
  };
  expect(await differences()).toMatchObject({names: [], notCompared: undefined, notReviewed: undefined});
  writeFileSync(join(folder, 'storage.yaml'), storage('  More: {Type: AWS::SQS::Queue}\n', allows('sqs:*', "'*'")));
  const found = await differences();
  writeFileSync(join(folder, 'storage.yaml'), storage());
  expect(found.names).toEqual(['Modify Storage/Role', 'Add Storage/More']);
  expect(found.permissions).toContainEqual(expect.objectContaining({name: 'Storage/Role', verdict: 'widened'}));
  // What is replaced takes a change set, as of a stack that nests none.
  expect(found.notReviewed).toContain('cloudformation:DescribeStacks on resource');
  expect(cloud.usage('Comparer').roles[0]!.denied).toMatchObject([{action: 'cloudformation:DescribeStacks'}]);
});

test('who may hotswap replaces the code of a nested function, and gives the deployed one back', async () => {
  const clients = await clientsFor('hotswap', 'Swapper');
  const code = join(folder, 'code/index.mjs');
  writeFileSync(code, 'export const handler = async () => 2;');
  expect((await hotswap(clients, identityOf(cloud), aboutOrders(file))).functions).toEqual(['Storage/SaveFunction']);
  writeFileSync(code, 'export const handler = async () => 1;');
  expect(await undoHotswaps(clients, 'orders', 10)).toEqual(['Storage/SaveFunction']);
  expect((await hotswap(clients, identityOf(cloud), aboutOrders(file))).functions).toEqual([]);
  expect(cloud.usage('Swapper').roles[0]!.denied).toEqual([]);
});

test('who may look for drift finds it in nested stacks, too', async () => {
  const clients = await clientsFor('drift', 'Looker');
  const find = () => detectDrift(clients, {stackName: 'orders', pollMilliseconds: 10});
  expect(await find()).toMatchObject({drifted: [], inSync: 2});
  const role = (await nestedResources(owner, 'orders')).find(({logicalId}) => logicalId === 'Storage/Role');
  await (await owner.iam()).putRolePolicy({
    RoleName: role!.physicalId,
    PolicyName: 'more',
    PolicyDocument: '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}',
  });
  const {drifted, notChecked} = await find();
  expect(drifted).toMatchObject([{logicalId: 'Storage/Role', status: 'MODIFIED'}]);
  expect(notChecked.map(({logicalId}) => logicalId).sort()).toEqual(['Inbox', 'Storage/Queue']);
  expect(cloud.usage('Looker').roles[0]!.denied).toEqual([]);
});
