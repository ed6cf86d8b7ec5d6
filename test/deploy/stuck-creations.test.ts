import {afterEach, beforeEach, expect, test} from 'vitest';
import {type AwsClients, awsClients} from '../../src/aws/clients.ts';
import {parseTemplate} from '../../src/cloudformation/parse.ts';
import {watchDeployment} from '../../src/deploy/attend-stack.ts';
import {deployStack} from '../../src/deploy/deploy-stack.ts';
import type {DeployEvent} from '../../src/deploy/events.ts';
import {readStack} from '../../src/deploy/read-stack.ts';
import {type LocalCloud, startLocalCloud} from '../../src/local/cloud.ts';
import {answerLost, failingCalls} from '../flaky-aws/failing-calls.ts';

let cloud: LocalCloud;
let clients: AwsClients;
beforeEach(async () => {
  cloud = await startLocalCloud();
  clients = awsClients(cloud);
});
afterEach(() => cloud.close());

const topic = 'Resources:\n  Orders: {Type: AWS::SNS::Topic, Properties: {TopicName: orders}}\n';
/** Made after what is before it, and never with success. */
const broken = '  Broken: {Type: AWS::SQS::Queue, DependsOn: Orders, Properties: {DelaySeconds: 99999}}\n';

async function deploy(
  text: string,
  confirm?: (question: string) => Promise<boolean>,
  {by = clients, signal}: {by?: AwsClients; signal?: AbortSignal} = {},
) {
  const steps: string[] = [];
  const ended = await deployStack(by, {
    stackName: 'orders',
    template: parseTemplate(text, 'template.yaml'),
    source: {body: text},
    parameters: {},
    pollMilliseconds: 10,
    onEvent: (event: DeployEvent) => {
      if (event.type === 'step') steps.push(`${event.step} ${event.detail}`);
    },
    approve: async () => true,
    ...(confirm === undefined ? {} : {confirm}),
    ...(signal === undefined ? {} : {signal}),
  }).then(
    ({status}) => status,
    ({code, message}: {code: string; message: string}) => `${code} ${message}`,
  );
  return {ended, steps};
}

async function leave(OnFailure: 'ROLLBACK' | 'DO_NOTHING', TemplateBody: string): Promise<string> {
  const cloudFormation = await clients.cloudFormation();
  const {StackId = ''} = await cloudFormation.createStack({StackName: 'orders', OnFailure, TemplateBody});
  await expect.poll(() => status(StackId)).toMatch(/(ROLLBACK_COMPLETE|CREATE_FAILED)$/);
  return (await status(StackId))!;
}

const status = async (stack: string) => (await readStack(clients, stack))?.status;

test.each([
  ['ROLLBACK', 'ROLLBACK_COMPLETE'],
  ['DO_NOTHING', 'CREATE_FAILED'],
] as const)('what a failed creation left (%s) is deleted first, which is said', async (onFailure, left) => {
  expect(await leave(onFailure, topic + broken)).toBe(left);
  expect(await deploy(topic)).toEqual({
    ended: 'CREATE_COMPLETE',
    steps: [`clear-away orders: a creation that failed left it in ${left}`, 'change-set orders', 'execute orders'],
  });
});

test('what a failed creation left stays when somebody says no', async () => {
  await leave('ROLLBACK', topic + broken);
  const asked: string[] = [];
  const {ended} = await deploy(topic, async question => {
    asked.push(question);
    return false;
  });
  expect(asked).toEqual(['Delete the stack orders, which a failed creation left in ROLLBACK_COMPLETE?']);
  expect(ended).toBe('NOT_APPROVED Nothing was deployed: the stack orders is still in ROLLBACK_COMPLETE');
  expect(await status('orders')).toBe('ROLLBACK_COMPLETE');
});

test('^C while it is deleted says that its deletion goes on', async () => {
  await leave('ROLLBACK', topic + broken);
  const interrupt = new AbortController();
  const by = failingCalls(cloud, {
    DeleteStack(send, n) {
      interrupt.abort();
      return answerLost(send, n);
    },
  });
  const {ended} = await deploy(topic, undefined, {by, signal: interrupt.signal});
  expect(ended).toBe(
    'INTERRUPTED Interrupted. Nothing was deployed. CloudFormation goes on deleting what a failed creation left of orders',
  );
});

const table = (policy: string) => `  Records:
    Type: AWS::DynamoDB::Table
    ${policy}
    Properties:
      TableName: records
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
`;
const late = broken.replace('Orders', 'Records');

test.each([
  ['DO_NOTHING', 'CREATE_FAILED', 'DeletionPolicy: Delete'],
  ['ROLLBACK', 'ROLLBACK_COMPLETE', 'DeletionPolicy: Retain'],
] as const)('what a failed creation left (%s) is not deleted when it holds data', async (onFailure, left, policy) => {
  expect(await leave(onFailure, topic + table(policy) + late)).toBe(left);
  const {ended} = await deploy(topic);
  expect(ended).toMatch(
    new RegExp(
      `^STACK_HOLDS_DATA The stack orders is in ${left}, .* gear does not do it, for it holds Records \\(records\\)$`,
    ),
  );
  expect(await status('orders')).toBe(left);
});

test('a stack that only exists for a change set is taken over, and its change set goes', async () => {
  const cloudFormation = await clients.cloudFormation();
  await cloudFormation.createChangeSet({
    StackName: 'orders',
    ChangeSetName: 'left-behind',
    ChangeSetType: 'CREATE',
    TemplateBody: topic,
  });
  expect(await status('orders')).toBe('REVIEW_IN_PROGRESS');
  await expect(
    watchDeployment(clients, {stackName: 'orders', template: undefined, pollMilliseconds: 10, onEvent: () => {}}),
  ).rejects.toThrow('Nothing was deployed to orders yet');
  expect((await deploy(topic)).ended).toBe('CREATE_COMPLETE');
  const {Summaries} = await cloudFormation.listChangeSets({StackName: 'orders'});
  expect(Summaries ?? []).toEqual([]);
});

test('a creation that failed and took its stack along is still told by --watch, at its line', async () => {
  const text = topic + broken;
  const {ended} = await deploy(text);
  expect(ended).toMatch(/^DEPLOYMENT_FAILED template\.yaml:3:\d+: Broken .*The stack orders was deleted again$/);
  expect(await status('orders')).toBeUndefined();
  const attendance = {stackName: 'orders', pollMilliseconds: 10, onEvent: () => {}};
  const template = parseTemplate(text, 'template.yaml');
  await expect(watchDeployment(clients, {...attendance, template})).rejects.toThrow(
    ended.replace('DEPLOYMENT_FAILED ', ''),
  );
  await expect(watchDeployment(clients, {...attendance, template: undefined})).rejects.toThrow(/^Broken \(/);
});
