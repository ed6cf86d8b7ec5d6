import {afterEach, beforeEach, expect, test} from 'vitest';
import {openStackBench, type StackBench} from '../../stack/stack-bench.ts';

let stack: StackBench;
beforeEach(() => {
  stack = openStackBench();
});
afterEach(() => stack.close());

const queue = {Type: 'AWS::SQS::Queue', Properties: {QueueName: 'inbox'}};
const text = `# kept\nDescription: A queue\nResources: {Inbox: ${JSON.stringify(queue)}}\n`;

test.each([
  ['DescribeStacks', {}, 'Stack with id orders does not exist'],
  ['DescribeStackEvents', {}, 'Stack [orders] does not exist'],
  ['DescribeStackResources', {}, 'Stack with id orders does not exist'],
  ['DescribeStackResource', {LogicalResourceId: 'Inbox'}, "Stack 'orders' does not exist"],
  ['ListStackResources', {}, 'Stack with id orders does not exist'],
  ['GetTemplate', {}, 'Stack with id orders does not exist'],
  ['UpdateStack', {TemplateBody: text}, 'Stack [orders] does not exist'],
  ['ListChangeSets', {}, 'Stack [orders] does not exist'],
])('%s says in its own words that a stack is not there', async (operation, input, sentence) => {
  await expect(stack.call(operation, {StackName: 'orders', ...input})).rejects.toMatchObject({
    code: 'ValidationError',
    message: sentence,
  });
});

test('deleting a stack that is not there is no error', async () => {
  expect(await stack.call('DeleteStack', {StackName: 'orders'})).toEqual({});
});

test('gives the template back as it was submitted', async () => {
  await stack.deploy(text);
  expect(await stack.call('GetTemplate', {StackName: 'orders'})).toMatchObject({TemplateBody: text});
  expect(await stack.call('DescribeStacks', {StackName: 'orders'})).toMatchObject({Stacks: [{Description: 'A queue'}]});
});

test('describes its resources', async () => {
  await stack.deploy(text);
  const resource = {
    LogicalResourceId: 'Inbox',
    PhysicalResourceId: 'http://127.0.0.1:4566/000000000000/inbox',
    ResourceType: 'AWS::SQS::Queue',
    ResourceStatus: 'CREATE_COMPLETE',
  };
  expect(await stack.call('DescribeStackResources', {StackName: 'orders'})).toMatchObject({StackResources: [resource]});
  expect(await stack.call('ListStackResources', {StackName: 'orders'})).toMatchObject({
    StackResourceSummaries: [resource],
  });
  expect(await stack.call('DescribeStackResource', {StackName: 'orders', LogicalResourceId: 'Inbox'})).toMatchObject({
    StackResourceDetail: resource,
  });
  await expect(stack.call('DescribeStackResource', {StackName: 'orders', LogicalResourceId: 'Other'})).rejects.toThrow(
    'Resource Other does not exist for stack orders',
  );
});

test('a deleted stack is found by its ARN, and its name is free', async () => {
  await stack.deploy(text);
  expect(await stack.destroy()).toBe('DELETE_COMPLETE');
  await expect(stack.call('DescribeStacks', {StackName: 'orders'})).rejects.toThrow('does not exist');
  expect(await stack.call('ListStacks', {StackStatusFilter: ['DELETE_COMPLETE']})).toMatchObject({
    StackSummaries: [{StackName: 'orders', DeletionTime: expect.any(Date)}],
  });
  expect(await stack.deploy(text)).toBe('CREATE_COMPLETE');
});

test('termination protection keeps a stack', async () => {
  await stack.deploy(text, {EnableTerminationProtection: true});
  await expect(stack.destroy()).rejects.toThrow(
    'Stack [orders] cannot be deleted while TerminationProtection is enabled',
  );
  await stack.call('UpdateTerminationProtection', {StackName: 'orders', EnableTerminationProtection: false});
  expect(await stack.destroy()).toBe('DELETE_COMPLETE');
});

test('a name is one stack, and has to be one', async () => {
  await stack.deploy(text);
  await expect(stack.call('CreateStack', {StackName: 'orders', TemplateBody: text})).rejects.toMatchObject({
    code: 'AlreadyExistsException',
  });
  await expect(stack.call('CreateStack', {StackName: '1orders', TemplateBody: text})).rejects.toThrow(
    "Value '1orders' at 'stackName' failed to satisfy constraint",
  );
});

test('summarizes a template without deploying it', async () => {
  const template = JSON.stringify({
    Description: 'Roles',
    Parameters: {Stage: {Type: 'String', Default: 'dev', AllowedValues: ['dev', 'prod'], Description: 'where'}},
    Resources: {Role: {Type: 'AWS::IAM::Role', Properties: {RoleName: 'x'}}, Topic: {Type: 'AWS::SNS::Topic'}},
  });
  expect(await stack.call('GetTemplateSummary', {TemplateBody: template})).toMatchObject({
    Description: 'Roles',
    Capabilities: ['CAPABILITY_NAMED_IAM'],
    ResourceTypes: ['AWS::IAM::Role', 'AWS::SNS::Topic'],
    Parameters: [
      {
        ParameterKey: 'Stage',
        ParameterType: 'String',
        DefaultValue: 'dev',
        ParameterConstraints: {AllowedValues: ['dev', 'prod']},
      },
    ],
  });
  await expect(stack.call('ValidateTemplate', {TemplateBody: 'Resources: ['})).rejects.toMatchObject({
    code: 'ValidationError',
  });
});

test('pages through events', async () => {
  const Resources = Object.fromEntries(
    Array.from({length: 60}, (_, index) => [`Handle${index}`, {Type: 'AWS::CloudFormation::WaitConditionHandle'}]),
  );
  await stack.deploy({Resources});
  type Page = {StackEvents: {EventId: string}[]; NextToken?: string};
  const first = await stack.call<Page>('DescribeStackEvents', {StackName: 'orders'});
  const second = await stack.call<Page>('DescribeStackEvents', {StackName: 'orders', NextToken: first.NextToken});
  expect([first.StackEvents.length, second.StackEvents.length, second.NextToken]).toEqual([100, 22, undefined]);
  expect(new Set([...first.StackEvents, ...second.StackEvents].map(({EventId}) => EventId)).size).toBe(122);
});

test('an update can be cancelled, and rolls back', async () => {
  const dead = (name: string) => ({Type: 'AWS::SQS::Queue', Properties: {QueueName: name}});
  await stack.deploy({Resources: {Inbox: queue}});
  let release = () => {};
  const begun = new Promise<void>(begin => {
    stack.on('sqs:CreateQueue', ({QueueName}) => {
      begin();
      return new Promise(done => {
        release = () => done({QueueUrl: `http://127.0.0.1:4566/000000000000/${QueueName}`});
      });
    });
  });
  const Resources = {Inbox: queue, Dead: dead('dead'), Deader: {...dead('deader'), DependsOn: 'Dead'}};
  const deployed = stack.deploy({Resources});
  await begun;
  await stack.call('CancelUpdateStack', {StackName: 'orders'});
  release();
  expect(await deployed).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(stack.calls).not.toContain('sqs:CreateQueue deader');
});
