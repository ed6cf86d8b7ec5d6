import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {type AwsClients, awsClients} from '../../src/aws/clients.ts';
import {nestedResources} from '../../src/aws/nested-resources.ts';
import {stackResources} from '../../src/aws/stack-resources.ts';
import {watchCalls} from '../../src/aws/watch-calls.ts';
import {continueRollback} from '../../src/deploy/attend-stack.ts';
import {deployService} from '../../src/deploy/deploy-service.ts';
import {planDestruction} from '../../src/deploy/destroy-plan.ts';
import {type DestroyEvent, destroyStack} from '../../src/deploy/destroy-stack.ts';
import {diffService} from '../../src/deploy/diff/diff-service.ts';
import {reviewDiff} from '../../src/deploy/diff/review-diff.ts';
import type {DeployEvent} from '../../src/deploy/events.ts';
import {readStack} from '../../src/deploy/read-stack.ts';
import type {Review} from '../../src/deploy/review/review.ts';
import {type LocalCloud, startLocalCloud} from '../../src/local/cloud.ts';
import {allows, deleteStack, saveFunction} from './policy/deploying-service.ts';

const folder = mkdtempSync(join(tmpdir(), 'gear-nested-'));
let cloud: LocalCloud;
let clients: AwsClients;
beforeAll(async () => {
  cloud = await startLocalCloud({region: 'eu-central-1'});
  const {endpoint, region, credentials} = cloud;
  clients = awsClients({endpoint, region, credentials});
  write('template.yaml', template);
  write('storage/code/index.mjs', 'export const handler = async () => 1;');
});
afterAll(async () => {
  await cloud.close();
  rmSync(folder, {recursive: true});
});

const template = `Resources:
  Storage:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: storage/template.yaml, Parameters: {Delay: '5'}}
Outputs:
  QueueName: {Value: !GetAtt Storage.Outputs.QueueName}
`;

function storage(action: string, more = ''): string {
  return `Parameters: {Delay: {Type: Number}}
Resources:
  Queue: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: !Ref Delay}}
  Letters: {Type: AWS::S3::Bucket}
${saveFunction(allows(action, '!GetAtt Queue.Arn'))}${more}Outputs:
  QueueName: {Value: !GetAtt Queue.QueueName, Export: {Name: queue-name}}
`;
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), {recursive: true});
  writeFileSync(join(folder, path), text);
}

/** A deployment and what somebody was shown of it. */
async function deploy(onEvent: (event: DeployEvent) => void = () => {}) {
  const reviews: Review[] = [];
  const {account, region, endpoint} = cloud;
  const deployed = deployService(
    clients,
    {account, region, endpoint, arn: ''},
    {
      service: 'orders',
      stackName: 'orders',
      template: join(folder, 'template.yaml'),
      parameters: {},
      prebuilt: true,
      fallbackModules: [],
      pollMilliseconds: 10,
      onEvent,
      approve: async review => {
        reviews.push(review);
        return true;
      },
    },
  );
  return {...(await deployed), review: reviews[0]};
}

/** What it would change, as `by` is told; `signal` is ^C. */
async function diff(by: AwsClients = clients, signal = new AbortController().signal) {
  const {account, region, endpoint} = cloud;
  const identity = {account, region, endpoint, arn: ''};
  const options = {
    service: 'orders',
    stackName: 'orders',
    template: join(folder, 'template.yaml'),
    parameters: {},
    fallbackModules: [],
    pollMilliseconds: 10,
    signal,
    onEvent: () => {},
  };
  const compared = await diffService(by, identity, options);
  return {...compared.diff, ...(await reviewDiff(by, identity, options, compared))};
}

async function changeSets(): Promise<readonly unknown[]> {
  const client = await clients.cloudFormation();
  const {Stacks = []} = await client.describeStacks({});
  const open = await Promise.all(Stacks.map(({StackName}) => client.listChangeSets({StackName})));
  return open.flatMap(({Summaries = []}) => Summaries);
}

async function nestedStack() {
  const [one] = await stackResources(clients, 'orders');
  return (await (await clients.cloudFormation()).describeStacks({StackName: one!.physicalId})).Stacks![0]!;
}

const byName = allows('sqs:SendMessage', `!Sub 'arn:aws:sqs:*:*:\${AWS::StackName}-x'`);
const own = `  Own: {Type: AWS::IAM::Policy, Properties: {Roles: [!Ref Role], ${byName.slice(2, -2)}}}\n`;

test('a nested template is packaged with its functions, and its stack made with the one above', async () => {
  write('storage/template.yaml', storage('sqs:SendMessage', own));
  const {status, outputs, review, stackId} = await deploy();
  expect(status).toBe('CREATE_COMPLETE');
  expect(outputs.QueueName).toMatch(/^orders-Storage-[A-Z0-9]{12}-Queue-/);
  expect(review!.changes.map(({action, logicalId}) => `${action} ${logicalId}`).sort()).toEqual([
    'Add Storage',
    'Add Storage/Letters',
    'Add Storage/Own',
    'Add Storage/Queue',
    'Add Storage/Role',
    'Add Storage/SaveFunction',
  ]);
  // CloudFormation ends its name when it makes it.
  const resource = `arn:aws:sqs:*:*:orders-Storage-\${suffix}-x`;
  expect(review!.permissions.find(({name}) => name === 'Storage/Role')!.widened).toContainEqual(
    expect.objectContaining({kind: 'allow', resource}),
  );
  expect(await nestedStack()).toMatchObject({StackStatus: 'CREATE_COMPLETE', ParentId: stackId, RootId: stackId});
  const {StackSummaries = []} = await (await clients.cloudFormation()).listStacks({});
  expect(StackSummaries.map(({RootId}) => RootId)).toContain(stackId);
});

test('nothing is changed where nothing is to be changed', async () => {
  expect(await deploy()).toMatchObject({changed: false, review: undefined});
});

test('the review shows what changes in a nested stack, and who gets more by it', async () => {
  write('storage/template.yaml', storage('sqs:*'));
  const {status, review} = await deploy();
  expect(status).toBe('UPDATE_COMPLETE');
  expect(review!.changes).toContainEqual(expect.objectContaining({action: 'Modify', logicalId: 'Storage/Role'}));
  expect(review!.permissions).toContainEqual(
    expect.objectContaining({
      kind: 'role',
      name: 'Storage/Role',
      widened: [expect.objectContaining({action: 'sqs:*'})],
    }),
  );
});

test('what is replaced in a nested stack is known before it is deployed, and the change set is gone again', async () => {
  write('storage/template.yaml', storage('sqs:*').replace('{DelaySeconds', '{QueueName: letters, DelaySeconds'));
  const {template: differences, replaced, atRisk, permissions, notReviewed} = await diff();
  expect(differences).toMatchObject([{name: 'Storage/Queue', members: [{path: 'QueueName', after: 'letters'}]}]);
  expect(replaced).toEqual([{logicalId: 'Storage/Queue', certain: true, properties: ['QueueName']}]);
  expect(atRisk).toMatchObject([{logicalId: 'Storage/Queue', fate: 'replaced'}]);
  const resource = 'arn:aws:sqs:eu-central-1:000000000000:letters';
  expect(permissions).toMatchObject([
    {name: 'Storage/Role', verdict: 'changed', widened: [{action: 'sqs:*', resource}]},
  ]);
  expect(notReviewed).toBeUndefined();
  expect(await changeSets()).toEqual([]);
});

test('who interrupts that leaves no change set behind either, of none of the stacks', async () => {
  const interrupt = new AbortController();
  let open = 0;
  const by = watchCalls(awsClients(cloud), async (call, send) => {
    if (call.operation !== 'DescribeChangeSet') return send();
    open = (await changeSets()).length;
    interrupt.abort();
    return {Status: 'CREATE_IN_PROGRESS'};
  });
  await expect(diff(by, interrupt.signal)).rejects.toMatchObject({name: 'AbortError'});
  expect(open).toBe(2);
  expect(await changeSets()).toEqual([]);
});

test('an update that fails in a nested stack goes back as a whole, and says which resource in it failed', async () => {
  const broken = '  Taken: {Type: AWS::S3::Bucket, Properties: {BucketName: NOT_a_name}}\n';
  write('storage/template.yaml', storage('sqs:SendMessage', broken));
  await expect(deploy()).rejects.toThrow(
    /template\.yaml:2:3: Storage\/Taken \(AWS::S3::Bucket\) failed: .*The stack orders was rolled back to what it was/s,
  );
  expect((await nestedStack()).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
});

test('what a nested stack loses is at risk, and goes with the stack above', async () => {
  write('storage/template.yaml', storage('sqs:*').replace(/.*Letters.*\n/, ''));
  const {review} = await deploy();
  expect(review!.atRisk).toMatchObject([{logicalId: 'Storage/Letters', fate: 'removed'}]);
  write('storage/template.yaml', storage('sqs:*'));
  await deploy();
  const letters = (await stackResources(clients, (await nestedStack()).StackId!)).find(
    ({logicalId}) => logicalId === 'Letters',
  );
  await (await clients.s3()).putObject({Bucket: letters!.physicalId, Key: 'a', Body: 'text'});
  const plan = await planDestruction(clients, 'orders', cloud.account);
  const destruction = {plan: plan!, owner: cloud.account, pollMilliseconds: 10, onEvent: () => {}};
  const TemplateBody = `Resources: {Topic: {Type: AWS::SNS::Topic}}
Outputs: {Queue: {Value: !ImportValue queue-name}}
`;
  await (await clients.cloudFormation()).createStack({StackName: 'reader', TemplateBody});
  while ((await readStack(clients, 'reader'))?.status !== 'CREATE_COMPLETE');
  const said = 'The stack Storage, nested in orders, exports queue-name, which reader imports';
  await expect(planDestruction(clients, 'orders', cloud.account)).rejects.toThrow(said);
  await expect(destroyStack(clients, destruction)).rejects.toThrow(said);
  expect((await (await clients.s3()).listObjectsV2({Bucket: letters!.physicalId})).KeyCount).toBe(1);
  expect(await planDestruction(clients, 'orders', cloud.account, {before: ['reader']})).toBeDefined();
  await deleteStack(clients, 'reader');
  const {emptied} = await destroyStack(clients, destruction);
  expect(emptied).toMatchObject([{bucket: letters!.physicalId, versions: 1}]);
});

test('a number that is only known after the deployment is planned without it', async () => {
  write('inbox.yaml', 'Resources: {Inbox: {Type: AWS::SQS::Queue}}\nOutputs: {Delay: {Value: "7"}}\n');
  write(
    'storage/template.yaml',
    `Conditions: {Slow: !Not [!Equals [!Ref Delay, '0']]}
${storage('sqs:SendMessage', '  Slow: {Type: AWS::SQS::Queue, Condition: Slow}\n')}`,
  );
  write(
    'template.yaml',
    `${template.replace("Delay: '5'", 'Delay: !GetAtt Inbox.Outputs.Delay')}`.replace(
      'Resources:',
      'Resources:\n  Inbox: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: inbox.yaml}}',
    ),
  );
  const {status, review} = await deploy();
  expect(status).toBe('CREATE_COMPLETE');
  expect(review!.changes.map(({logicalId}) => logicalId)).toEqual(
    expect.arrayContaining(['Inbox/Inbox', 'Storage/Queue', 'Storage/Slow']),
  );
  const resources = await nestedResources(clients, 'orders');
  const {physicalId: QueueUrl} = resources.find(({logicalId}) => logicalId === 'Storage/Queue')!;
  const {Attributes} = await (await clients.sqs()).getQueueAttributes({QueueUrl, AttributeNames: ['DelaySeconds']});
  expect(Attributes).toEqual({DelaySeconds: '7'});
  const plan = await planDestruction(clients, 'orders', cloud.account);
  await destroyStack(clients, {plan: plan!, owner: cloud.account, pollMilliseconds: 10, onEvent: () => {}});
  write('template.yaml', template);
});

test('nested stacks that import from each other all go, one after the other', async () => {
  const nested = (name: string) =>
    `  ${name}: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ${name}.yaml}}\n`;
  const exporting = (name: string, value: string) =>
    `Resources: {Topic: {Type: AWS::SNS::Topic}}\nOutputs: {Name: {Value: ${value}, Export: {Name: ${name}}}}\n`;
  write('First.yaml', exporting('first', '!GetAtt Topic.TopicName'));
  write('Second.yaml', exporting('second', '!ImportValue first'));
  let text = 'Resources:\n';
  // Without a DependsOn the second can only come later.
  for (const name of ['First', 'Second']) {
    text += nested(name);
    write('template.yaml', text);
    expect(await deploy()).toMatchObject({changed: true});
  }
  const plan = await planDestruction(clients, 'orders', cloud.account);
  const told: DestroyEvent[] = [];
  const onEvent = (event: DestroyEvent) => told.push(event);
  await destroyStack(clients, {plan: plan!, owner: cloud.account, pollMilliseconds: 10, onEvent});
  expect(told.filter(({type}) => type === 'freed')).toEqual([{type: 'freed', path: 'First', importer: 'Second'}]);
  write('template.yaml', template);
});

test('a creation that fails in a nested stack leaves neither of the two', async () => {
  write(
    'storage/template.yaml',
    storage('sqs:SendMessage', '  Taken: {Type: AWS::S3::Bucket, Properties: {BucketName: A_B}}\n'),
  );
  await expect(deploy()).rejects.toThrow(/Storage\/Taken .*The stack orders was deleted again/s);
  const {StackSummaries = []} = await (await clients.cloudFormation()).listStacks({});
  expect(
    StackSummaries.filter(
      ({StackName, StackStatus}) => /^orders/.test(StackName!) && StackStatus !== 'DELETE_COMPLETE',
    ),
  ).toEqual([]);
});

test('a rollback that is stuck in a nested stack names the resource in it as CloudFormation takes it', async () => {
  write(
    'storage/template.yaml',
    `Parameters: {Delay: {Type: Number}}
Resources: {Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: stuck, DelaySeconds: !Ref Delay}}}
`,
  );
  const withoutOutputs = template.slice(0, template.indexOf('Outputs:'));
  write('template.yaml', withoutOutputs);
  await deploy();
  const sqs = await clients.sqs();
  const {QueueUrl} = await sqs.getQueueUrl({QueueName: 'stuck'});
  let isDeleted = false;
  // One after the other, so that the queue has gone by the time that the last one fails.
  const chain = Array.from(
    {length: 30},
    (_, index) => `  Log${index}:
    Type: AWS::Logs::LogGroup
    DependsOn: ${index === 0 ? 'Storage' : `Log${index - 1}`}
`,
  );
  const broken = '  Broken: {Type: AWS::SQS::Queue, DependsOn: Log29, Properties: {DelaySeconds: 99999}}\n';
  write('template.yaml', [withoutOutputs.replace("'5'", "'7'"), ...chain, broken].join(''));
  const failed = await deploy(async event => {
    if (event.type !== 'stack-event' || event.logicalId !== 'Log0' || isDeleted) return;
    isDeleted = true;
    await sqs.deleteQueue({QueueUrl});
  }).catch(error => error);
  const {StackName} = await nestedStack();
  expect(failed).toMatchObject({
    message: expect.stringMatching(/UPDATE_ROLLBACK_FAILED, for Storage\/Queue \(AWS::SQS::Queue\) could not go back/),
    suggestions: expect.arrayContaining([expect.stringContaining(` --skip ${StackName}.Queue, `)]),
  });
  const goOn = (skip: string) =>
    continueRollback(clients, {stackName: 'orders', template: undefined, pollMilliseconds: 10, onEvent: () => {}}, [
      skip,
    ]);
  await expect(goOn('Storage')).rejects.toThrow('is a nested stack that is not deleted');
  await expect(goOn('Other')).rejects.toThrow('Other is not in the state UPDATE_FAILED');
  await expect(goOn(`${StackName}.Queue`)).rejects.toThrow(
    'gear local does not implement ResourcesToSkip of nested stacks',
  );
});
