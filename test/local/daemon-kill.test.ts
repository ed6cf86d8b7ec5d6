import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import {GetQueueAttributesCommand, ListQueuesCommand, SQSClient} from '@aws-sdk/client-sqs';
import {beforeEach, expect, it} from 'vitest';
import {ensureLocalCloud, type LocalConnection} from '../../src/local/connection.ts';
import {clientSettings, openProject, project} from './daemon-project.ts';

beforeEach(openProject);

const StackName = 'orders';

function clients(cloud: LocalConnection) {
  const settings = clientSettings(cloud);
  return {cloudformation: new CloudFormationClient(settings), sqs: new SQSClient(settings)};
}

/** Enough that a client sees a deployment before it is over, also on a busy machine. */
const queueCount = 120;

/** Each queue waits for the one before, so that a deployment takes its time; `delay` changes them all. */
function template(delay: number): string {
  const names = Array.from({length: queueCount}, (_, index) => `Queue${index}`);
  const queue = (index: number) => ({
    Type: 'AWS::SQS::Queue',
    Properties: {DelaySeconds: delay},
    ...(index > 0 && {DependsOn: `Queue${index - 1}`}),
  });
  return JSON.stringify({Resources: Object.fromEntries(names.map((name, index) => [name, queue(index)]))});
}

async function statusOf(cloud: LocalConnection): Promise<string | undefined> {
  const {Stacks} = await clients(cloud).cloudformation.send(new DescribeStacksCommand({StackName}));
  return Stacks?.[0]?.StackStatus;
}

/** Kills the daemon once the stack has resources in the state, and starts it again. */
async function killInTheMiddle(cloud: LocalConnection, state: string): Promise<LocalConnection> {
  const {cloudformation} = clients(cloud);
  for (;;) {
    const {StackResources} = await cloudformation.send(new DescribeStackResourcesCommand({StackName}));
    if (StackResources!.some(({ResourceStatus}) => ResourceStatus === state)) break;
  }
  process.kill(cloud.pid, 'SIGKILL');
  return (await ensureLocalCloud(project)).cloud;
}

it('a creation that is killed in the middle is rolled back by the next daemon', {timeout: 60_000}, async () => {
  const {cloud} = await ensureLocalCloud(project, {port: 0});
  await clients(cloud).cloudformation.send(new CreateStackCommand({StackName, TemplateBody: template(0)}));
  const created = await killInTheMiddle(cloud, 'CREATE_COMPLETE');
  // Where this process was given no time the deployment was over; whole or not at all it is in any case.
  await expect.poll(() => statusOf(created), {timeout: 15_000, interval: 20}).toMatch(/^(ROLLBACK|CREATE)_COMPLETE$/);
  const {QueueUrls = []} = await clients(created).sqs.send(new ListQueuesCommand({}));
  expect(QueueUrls).toHaveLength((await statusOf(created)) === 'CREATE_COMPLETE' ? queueCount : 0);
});

it('an update that is killed in the middle is taken back', {timeout: 60_000}, async () => {
  const {cloud} = await ensureLocalCloud(project, {port: 0});
  await clients(cloud).cloudformation.send(new CreateStackCommand({StackName, TemplateBody: template(0)}));
  await expect.poll(() => statusOf(cloud), {timeout: 15_000, interval: 20}).toBe('CREATE_COMPLETE');
  await clients(cloud).cloudformation.send(new UpdateStackCommand({StackName, TemplateBody: template(5)}));
  const updated = await killInTheMiddle(cloud, 'UPDATE_COMPLETE');
  await expect.poll(() => statusOf(updated), {timeout: 15_000, interval: 20}).toMatch(/^UPDATE_(ROLLBACK_)?COMPLETE$/);
  const {sqs} = clients(updated);
  const {QueueUrls = []} = await sqs.send(new ListQueuesCommand({}));
  expect(QueueUrls).toHaveLength(queueCount);
  const settings = QueueUrls.map(async QueueUrl => {
    const {Attributes} = await sqs.send(new GetQueueAttributesCommand({QueueUrl, AttributeNames: ['DelaySeconds']}));
    return Attributes?.DelaySeconds;
  });
  const delay = (await statusOf(updated)) === 'UPDATE_COMPLETE' ? '5' : '0';
  expect(new Set(await Promise.all(settings))).toEqual(new Set([delay]));
});
