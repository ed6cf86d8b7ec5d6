import {afterEach, beforeEach, expect, test} from 'vitest';
import {openStackBench, type StackBench} from '../../stack/stack-bench.ts';

let stack: StackBench;
beforeEach(() => {
  stack = openStackBench();
});
afterEach(() => stack.close());

const template = (properties: object, more: object = {}) =>
  JSON.stringify({Resources: {Inbox: {Type: 'AWS::SQS::Queue', Properties: properties}, ...more}});
const create = (properties: object, options: object = {}) =>
  stack.call<{Id: string; StackId: string}>('CreateChangeSet', {
    StackName: 'orders',
    ChangeSetName: 'first',
    ChangeSetType: 'CREATE',
    TemplateBody: template(properties),
    ...options,
  });
const settled = (status: string) => expect.poll(stack.status).toBe(status);

test('a creation is reviewed, executed, and its change set found by its ARN afterwards', async () => {
  const {Id, StackId} = await create({QueueName: 'inbox'}, {Description: 'a queue', OnStackFailure: 'DELETE'});
  expect(Id).toMatch(/^arn:aws:cloudformation:us-east-1:000000000000:changeSet\/first\//);
  expect(await stack.call('DescribeStacks', {StackName: 'orders'})).toMatchObject({
    Stacks: [{StackId, StackStatus: 'REVIEW_IN_PROGRESS'}],
  });
  expect(await stack.call('DescribeChangeSet', {ChangeSetName: 'first', StackName: 'orders'})).toMatchObject({
    Status: 'CREATE_COMPLETE',
    ExecutionStatus: 'AVAILABLE',
    OnStackFailure: 'DELETE',
    Description: 'a queue',
    Changes: [
      {Type: 'Resource', ResourceChange: {Action: 'Add', LogicalResourceId: 'Inbox', ResourceType: 'AWS::SQS::Queue'}},
    ],
  });
  expect(stack.calls).toEqual([]);
  await stack.call('ExecuteChangeSet', {ChangeSetName: 'first', StackName: 'orders'});
  await settled('CREATE_COMPLETE');
  expect(await stack.call('ListChangeSets', {StackName: 'orders'})).toEqual({Summaries: []});
  expect(await stack.call('DescribeChangeSet', {ChangeSetName: Id})).toMatchObject({
    ExecutionStatus: 'EXECUTE_COMPLETE',
  });
  await expect(stack.call('ExecuteChangeSet', {ChangeSetName: Id})).rejects.toMatchObject({
    code: 'InvalidChangeSetStatus',
  });
});

test('says which properties change, and what is replaced', async () => {
  await stack.deploy(
    template({QueueName: 'inbox', DelaySeconds: 1}, {Dead: {Type: 'AWS::SQS::Queue'}, Gone: {Type: 'AWS::SQS::Queue'}}),
  );
  const {Id} = await create(
    {},
    {
      ChangeSetType: 'UPDATE',
      TemplateBody: template(
        {
          QueueName: 'inbox',
          DelaySeconds: 2,
          RedrivePolicy: {deadLetterTargetArn: {'Fn::GetAtt': 'Dead.Arn'}, maxReceiveCount: 3},
        },
        {Dead: {Type: 'AWS::SQS::Queue', Properties: {QueueName: 'dead'}, UpdateReplacePolicy: 'Retain'}},
      ),
    },
  );
  expect(await stack.call('DescribeChangeSet', {ChangeSetName: Id, IncludePropertyValues: true})).toMatchObject({
    Changes: [
      {
        ResourceChange: {
          Action: 'Modify',
          LogicalResourceId: 'Dead',
          Replacement: 'True',
          PolicyAction: 'ReplaceAndRetain',
          Scope: ['Properties', 'UpdateReplacePolicy'],
          Details: [
            {
              Target: {
                Attribute: 'Properties',
                Name: 'QueueName',
                RequiresRecreation: 'Always',
                AfterValue: 'dead',
                AttributeChangeType: 'Add',
              },
              Evaluation: 'Static',
              ChangeSource: 'DirectModification',
            },
            {Target: {Attribute: 'UpdateReplacePolicy', BeforeValue: 'Delete', AfterValue: 'Retain'}},
          ],
        },
      },
      {
        ResourceChange: {
          Action: 'Modify',
          LogicalResourceId: 'Inbox',
          Replacement: 'False',
          Scope: ['Properties'],
          Details: [
            {Target: {Name: 'DelaySeconds', RequiresRecreation: 'Never', BeforeValue: '1', AfterValue: '2'}},
            {
              Target: {Name: 'RedrivePolicy', AfterValue: expect.stringContaining('{{changeSet:KNOWN_AFTER_APPLY}}')},
              Evaluation: 'Dynamic',
              ChangeSource: 'ResourceAttribute',
              CausingEntity: 'Dead.Arn',
            },
          ],
        },
      },
      {ResourceChange: {Action: 'Remove', LogicalResourceId: 'Gone', PolicyAction: 'Delete'}},
    ],
  });
});

test('a change set without changes has failed, with the sentence that deployers look for', async () => {
  await stack.deploy(template({QueueName: 'inbox'}));
  const {Id} = await create({QueueName: 'inbox'}, {ChangeSetType: 'UPDATE'});
  expect(await stack.call('DescribeChangeSet', {ChangeSetName: Id})).toMatchObject({
    Status: 'FAILED',
    ExecutionStatus: 'UNAVAILABLE',
    StatusReason:
      "The submitted information didn't contain changes. Submit different information to create a change set.",
    Changes: [],
  });
  await expect(stack.call('ExecuteChangeSet', {ChangeSetName: Id})).rejects.toThrow(
    'in its current status of [FAILED]',
  );
  await stack.call('DeleteChangeSet', {ChangeSetName: Id});
  await expect(stack.call('DescribeChangeSet', {ChangeSetName: Id})).rejects.toMatchObject({
    code: 'ChangeSetNotFound',
    status: 404,
  });
});

test('the same name is taken, unless the same token asks again', async () => {
  const {Id} = await create({QueueName: 'inbox'}, {ClientToken: 'once'});
  expect(await create({QueueName: 'inbox'}, {ClientToken: 'once'})).toMatchObject({Id});
  await expect(create({QueueName: 'inbox'})).rejects.toMatchObject({code: 'AlreadyExistsException'});
});

test('executing one deletes the others', async () => {
  await create({QueueName: 'inbox'});
  const {Id} = await create({QueueName: 'other'}, {ChangeSetName: 'second'});
  await stack.call('ExecuteChangeSet', {ChangeSetName: 'first', StackName: 'orders'});
  await expect(stack.call('DescribeChangeSet', {ChangeSetName: Id})).rejects.toThrow('does not exist');
});

test.each([
  ['UPDATE', 'Stack [orders] does not exist'],
  ['IMPORT', 'gear local does not implement change sets of type IMPORT'],
])('a change set of type %s for a stack that is not there is refused', async (ChangeSetType, sentence) => {
  await expect(create({}, {ChangeSetType})).rejects.toThrow(sentence);
});

test('a stack that is there cannot be created again', async () => {
  await stack.deploy(template({}));
  await expect(create({})).rejects.toThrow(
    'Stack [orders] already exists and cannot be created again with the changeSet [first].',
  );
});

test('a stack that was only reviewed is deleted without any call', async () => {
  await create({});
  await stack.call('DeleteStack', {StackName: 'orders'});
  await expect.poll(() => stack.call('DescribeStacks')).toEqual({Stacks: []});
  expect(stack.calls).toEqual([]);
});

test('a default that nobody overrode counts as a previous value', async () => {
  const Parameters = {Delay: {Type: 'Number', Default: 7}};
  const Resources = {Inbox: {Type: 'AWS::SQS::Queue', Properties: {DelaySeconds: {Ref: 'Delay'}}}};
  await stack.deploy({Parameters, Resources});
  const later = {
    Parameters: {Delay: {Type: 'Number', Default: 9}},
    Resources: {...Resources, Outbox: {Type: 'AWS::SQS::Queue'}},
  };
  const previous = {Parameters: [{ParameterKey: 'Delay', UsePreviousValue: true}]};
  expect(await stack.deploy(later, previous)).toBe('UPDATE_COMPLETE');
  expect(await stack.call('DescribeStacks', {StackName: 'orders'})).toMatchObject({
    Stacks: [{Parameters: [{ParameterKey: 'Delay', ParameterValue: '7'}]}],
  });
});

test('takes previous values of parameters, and hides those that are not to be echoed', async () => {
  const Parameters = {Token: {Type: 'String', NoEcho: true}, Delay: {Type: 'Number'}};
  const Resources = {
    Inbox: {Type: 'AWS::SQS::Queue', Properties: {QueueName: {Ref: 'Token'}, DelaySeconds: {Ref: 'Delay'}}},
  };
  const given = (Delay: string, token: object) => ({
    Parameters: [
      {ParameterKey: 'Delay', ParameterValue: Delay},
      {ParameterKey: 'Token', ...token},
    ],
  });
  await stack.deploy({Parameters, Resources}, given('1', {ParameterValue: 'secret'}));
  expect(await stack.deploy({Parameters, Resources}, given('2', {UsePreviousValue: true}))).toBe('UPDATE_COMPLETE');
  expect(await stack.call('DescribeStacks', {StackName: 'orders'})).toMatchObject({
    Stacks: [
      {
        Parameters: [
          {ParameterKey: 'Token', ParameterValue: '****'},
          {ParameterKey: 'Delay', ParameterValue: '2'},
        ],
      },
    ],
  });
  await expect(stack.deploy({Parameters, Resources}, given('3', {}))).rejects.toThrow(
    'Parameter value for parameter name Token',
  );
});

test('reads a template from a bucket, by every form of its address', async () => {
  const asked: unknown[] = [];
  stack.bench.services.set('s3', {
    name: 's3',
    signingNames: ['s3'],
    protocol: {kind: 'rest-xml'},
    store: undefined,
    operations: [
      {
        name: 'GetObject',
        input: {kind: 'document'},
        permissions: () => [],
        run(input) {
          asked.push(input);
          return {Body: Buffer.from(template({}))};
        },
      },
    ],
  });
  for (const url of [
    'http://127.0.0.1:4566/artifacts/a%20b/template.yaml',
    'https://artifacts.s3.us-east-1.amazonaws.com/a%20b/template.yaml',
    'https://s3.us-east-1.amazonaws.com/artifacts/a%20b/template.yaml?versionId=v1',
  ])
    await stack.call('ValidateTemplate', {TemplateURL: url});
  const object = {Bucket: 'artifacts', Key: 'a b/template.yaml'};
  expect(asked).toEqual([object, object, {...object, VersionId: 'v1'}]);
  await expect(stack.call('ValidateTemplate', {TemplateURL: 'https://example.com/x'})).rejects.toThrow(
    'must be an Amazon S3 URL',
  );
});
