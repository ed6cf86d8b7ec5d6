import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {awsClients} from '../../../src/aws/clients.ts';
import {stackResources} from '../../../src/aws/stack-resources.ts';
import {parseTemplate} from '../../../src/cloudformation/parse.ts';
import {deleteBucket, leftBucket} from '../../../src/deploy/delete-bucket.ts';
import {goingStacks, planDestruction} from '../../../src/deploy/destroy-plan.ts';
import {destroyStack} from '../../../src/deploy/destroy-stack.ts';
import {detectDrift} from '../../../src/deploy/detect-drift.ts';
import {functionStates} from '../../../src/deploy/function-states.ts';
import {hotswap} from '../../../src/deploy/hotswap.ts';
import {lastFailure} from '../../../src/deploy/last-failure.ts';
import type {Purpose} from '../../../src/deploy/policy/purpose.ts';
import {readDeployed} from '../../../src/deploy/read-deployed.ts';
import {readStack} from '../../../src/deploy/read-stack.ts';
import {removePackages} from '../../../src/deploy/remove-packages.ts';
import {undoHotswaps} from '../../../src/deploy/undo-hotswaps.ts';
import {type LocalCloud, startLocalCloud} from '../../../src/local/cloud.ts';
import {alarmStates} from '../../../src/recovery/alarm-states.ts';
import {findFunction} from '../../../src/recovery/find-function.ts';
import {queueStates} from '../../../src/recovery/queue-states.ts';
import {readLogs} from '../../../src/recovery/read-logs.ts';
import {aboutOrders, allows, clientsForPurpose, deploy, identityOf, saveFunction} from './deploying-service.ts';

const folder = mkdtempSync(join(tmpdir(), 'gear-purposes-'));
const file = join(folder, 'template.yaml');
const text = `Resources:
  Inbox: {Type: AWS::S3::Bucket}
  Kept: {Type: AWS::S3::Bucket, DeletionPolicy: Retain, UpdateReplacePolicy: Retain}
  Failed: {Type: AWS::SQS::Queue}
  Queue:
    Type: AWS::SQS::Queue
    Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 3}}
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      {ComparisonOperator: GreaterThanThreshold, EvaluationPeriods: 1, MetricName: Errors, Namespace: AWS/Lambda,
       Period: 60, Statistic: Sum, Threshold: 0}
  Logs: {Type: AWS::Logs::LogGroup}
${saveFunction(allows('logs:PutLogEvents', '!GetAtt Logs.Arn'), ', LoggingConfig: {LogGroup: !Ref Logs}')}Outputs:
  Inbox: {Value: !Ref Inbox, Export: {Name: inbox}}
`;

let cloud: LocalCloud;
beforeAll(async () => {
  mkdirSync(join(folder, 'code'));
  writeFileSync(file, text);
  cloud = await startLocalCloud({region: 'eu-central-1'});
  const {endpoint, region, credentials} = cloud;
  writeCode(1);
  await deploy(awsClients({endpoint, region, credentials}), cloud, {file}, {stackName: 'orders'});
});
afterAll(async () => {
  await cloud.close();
  rmSync(folder, {recursive: true});
});

function writeCode(answer: number): void {
  writeFileSync(join(folder, 'code/index.mjs'), `export const handler = async () => ${answer};`);
}

const clientsFor = (purpose: Purpose, role: string) =>
  clientsForPurpose(cloud, purpose, {role, template: parseTemplate(text, file), bucketExists: false});

/** Nothing was denied, and each action was needed: without its statement something would have been. */
function expectExactly(role: string, notAsked: readonly string[] = []): void {
  const {granted, denied} = cloud.usage(role).roles[0]!;
  expect(denied).toEqual([]);
  const unused = granted.filter(({status}) => status !== 'used').map(({sid, action}) => `${sid} ${action}`);
  expect(unused.sort()).toEqual(notAsked);
}

test('who may only observe sees the state of the service and its logs', async () => {
  const clients = await clientsFor('observe', 'Observer');
  const {endpoint, region, credentials} = cloud;
  const resources = await stackResources(clients, 'orders');
  const dead = resources.find(({logicalId}) => logicalId === 'Failed')!.physicalId;
  await (await awsClients({endpoint, region, credentials}).sqs()).sendMessage({QueueUrl: dead, MessageBody: '{}'});
  const stack = await readStack(clients, 'orders');
  expect(await readDeployed(clients, stack)).toBeDefined();
  expect(await functionStates(clients, resources)).toHaveLength(1);
  expect(await alarmStates(clients, resources)).toHaveLength(1);
  const queues = await queueStates(clients, resources, {stackName: 'orders', now: 0});
  expect(queues.find(({logicalId}) => logicalId === 'Failed')).toMatchObject({deadLetters: true, waiting: 1});
  expect(await lastFailure(clients, 'orders')).toBeUndefined();
  const {logGroup} = await findFunction(clients, 'save', 'orders');
  const logs = await clients.logs();
  const {signal} = new AbortController();
  const {done} = await readLogs({logs, group: logGroup, since: 0, follow: false, signal}).next();
  expect(done).toBe(true);
  expectExactly('Observer');
});

test('who may only look for drift finds it', async () => {
  const clients = await clientsFor('drift', 'Looker');
  expect(await detectDrift(clients, {stackName: 'orders', pollMilliseconds: 10})).toMatchObject({drifted: []});
  expect(cloud.usage('Looker').roles[0]!.denied).toEqual([]);
});

test('who may only hotswap replaces code and gives the deployed code back', async () => {
  const clients = await clientsFor('hotswap', 'Swapper');
  writeCode(2);
  const {functions} = await hotswap(clients, identityOf(cloud), aboutOrders(file));
  expect(functions).toEqual(['SaveFunction']);
  expect(await undoHotswaps(clients, 'orders', 10)).toEqual(['SaveFunction']);
  expectExactly('Swapper');
});

test('who may only destroy empties the buckets that go, and not those that are kept', async () => {
  const clients = await clientsFor('destroy', 'Destroyer');
  const {endpoint, region, credentials} = cloud;
  const s3 = await awsClients({endpoint, region, credentials}).s3();
  const buckets = (await stackResources(clients, 'orders')).filter(({type}) => type === 'AWS::S3::Bucket');
  for (const {physicalId: Bucket} of buckets) await s3.putObject({Bucket, Key: 'letter', Body: 'text'});
  const kept = buckets.find(({logicalId}) => logicalId === 'Kept')!.physicalId;
  const plan = await planDestruction(clients, 'orders', cloud.account);
  const {emptied} = await destroyStack(clients, {
    plan: plan!,
    owner: cloud.account,
    pollMilliseconds: 10,
    onEvent: () => {},
  });
  expect(emptied).toMatchObject([{versions: 1}]);
  const {bucket, service} = plan!.packages!;
  const client = await awsClients({endpoint, region, credentials}).cloudFormation();
  const TemplateBody = 'Resources: {Topic: {Type: AWS::SNS::Topic}}';
  await client.createChangeSet({StackName: 'new', ChangeSetName: 'a', ChangeSetType: 'CREATE', TemplateBody});
  await s3.putObject({Bucket: bucket, Key: 'others/a.zip', Body: 'text'});
  // The package and the template.
  const removal = {bucket, service, owner: cloud.account, gone: goingStacks(plan!)};
  expect(await removePackages(clients, removal)).toMatchObject({removed: 2, kept: 0, young: 0});
  expect(cloud.usage('Destroyer').roles[0]!.denied).toEqual([]);
  await expect((await clients.s3()).deleteObject({Bucket: kept, Key: 'letter'})).rejects.toThrow('not authorized');
  await expect((await clients.s3()).deleteObject({Bucket: bucket, Key: 'others/a.zip'})).rejects.toThrow(
    'not authorized',
  );
});

test('who may only destroy buckets takes one that the stack has kept, and no stack', async () => {
  const clients = await clientsFor('destroy-bucket', 'Sweeper');
  const {endpoint, region, credentials} = cloud;
  const s3 = await awsClients({endpoint, region, credentials}).s3();
  const {Buckets = []} = await s3.listBuckets({});
  const bucket = Buckets.find(({Name}) => Name!.startsWith('orders-kept-'))!.Name!;
  await s3.createMultipartUpload({Bucket: bucket, Key: 'large.bin'});
  const target = {bucket, owner: cloud.account};
  expect(await leftBucket(clients, target)).toMatchObject({versions: 1, uploads: 1});
  expect(await deleteBucket(clients, {...target, onProgress: () => {}})).toEqual({versions: 1, uploads: 1});
  const {granted, denied} = cloud.usage('Sweeper').roles[0]!;
  expect(denied).toEqual([]);
  const used = new Set(granted.filter(({status}) => status === 'used').map(({action}) => action));
  // What has no versions is deleted by its only one, and gear local has no Object Lock.
  const unused = new Set(granted.map(({action}) => action).filter(action => !used.has(action)));
  expect([...unused].sort()).toEqual(['s3:DeleteObject', 's3:GetObjectLegalHold', 's3:GetObjectRetention']);
  await expect((await clients.cloudFormation()).deleteStack({StackName: 'new'})).rejects.toThrow('not authorized');
});
