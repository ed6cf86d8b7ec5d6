// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a template has placeholders of its own
import {afterEach, beforeEach, expect, test} from 'vitest';
import {openStackBench, type StackBench} from './stack-bench.ts';

let stack: StackBench;
beforeEach(() => {
  stack = openStackBench();
});
afterEach(() => stack.close());

const queue = {Type: 'AWS::SQS::Queue'};
const role = {Type: 'AWS::IAM::Role', Properties: {AssumeRolePolicyDocument: {}}};

const cases: [what: string, template: object | string, sentence: string | RegExp][] = [
  [
    'resource types, all in one sentence',
    {Resources: {Inbox: queue, Topic: {Type: 'AWS::EC2::Instance'}, Api: {Type: 'AWS::RDS::DBInstance'}}},
    'gear local does not implement the resource types AWS::EC2::Instance (Topic), AWS::RDS::DBInstance (Api)',
  ],
  [
    'a property, with its path',
    {Resources: {Inbox: {...queue, Properties: {KmsMasterKeyId: 'alias/aws/sqs', Colour: 'red'}}}},
    'Resources.Inbox.Properties.KmsMasterKeyId (AWS::SQS::Queue): gear local does not implement this property; Resources.Inbox.Properties.Colour',
  ],
  [
    'a property in a branch that is not taken',
    {
      Conditions: {Never: {'Fn::Equals': ['a', 'b']}},
      Resources: {
        Fn: {
          Type: 'AWS::Lambda::Function',
          Properties: {
            Role: 'r',
            Handler: 'h',
            Runtime: 'nodejs24.x',
            Code: {'Fn::If': ['Never', {ImageUri: 'x'}, {S3Bucket: 'b', S3Key: 'k'}]},
          },
        },
      },
    },
    'Resources.Fn.Properties.Code.ImageUri (AWS::Lambda::Function): gear local does not implement this property',
  ],
  [
    'a required property that is missing',
    {Resources: {Role: {Type: 'AWS::IAM::Role'}}},
    'Resources.Role.Properties.AssumeRolePolicyDocument (AWS::IAM::Role): this property is required',
  ],
  [
    'a value of the wrong type',
    {Resources: {Inbox: {...queue, Properties: {DelaySeconds: 'soon'}}}},
    'Resources.Inbox.Properties.DelaySeconds (AWS::SQS::Queue): expected type: Integer, found: String',
  ],
  [
    'a SAM template, saying what is supported',
    {Transform: 'AWS::Serverless-2016-10-31', Resources: {Fn: {Type: 'AWS::Serverless::Function'}}},
    /does not run the AWS::Serverless-2016-10-31 transform: it deploys plain CloudFormation/,
  ],
  ['Hooks', {Hooks: {}, Resources: {Inbox: queue}}, 'gear local does not implement the Hooks section'],
  [
    'Rules',
    {Rules: {R: {Assertions: []}}, Resources: {Inbox: queue}},
    'gear local does not implement the Rules section',
  ],
  [
    'an update policy',
    {Resources: {Inbox: {...queue, UpdatePolicy: {}}}},
    'Resources.Inbox.UpdatePolicy: gear local does not implement this attribute',
  ],
  [
    'a function of a transform that is not there',
    {Resources: {Inbox: {...queue, Properties: {DelaySeconds: {'Fn::Length': ['a']}}}}},
    'Template error: Fn::Length needs the transform AWS::LanguageExtensions',
  ],
  [
    'more resources than a stack has',
    {Resources: Object.fromEntries(Array.from({length: 501}, (_, index) => [`Q${index}`, queue]))},
    'Number of resources, 501, is greater than maximum allowed, 500',
  ],
  [
    'snapshots',
    {Resources: {Inbox: {...queue, DeletionPolicy: 'Snapshot'}}},
    'Resources.Inbox.DeletionPolicy: gear local does not implement Snapshot for AWS::SQS::Queue',
  ],
  [
    'parameters of the parameter store',
    {Parameters: {Ami: {Type: 'AWS::SSM::Parameter::Value<String>', Default: '/a'}}, Resources: {Inbox: queue}},
    'Parameters.Ami: gear local does not implement the parameter type AWS::SSM::Parameter::Value<String>',
  ],
  [
    'dynamic references',
    {Resources: {Inbox: {...queue, Properties: {QueueName: '{{resolve:ssm-secure:/name}}'}}}},
    'Resources.Inbox: gear local does not implement the dynamic reference {{resolve:ssm-secure:/name}}',
  ],
  [
    'a circle',
    {Resources: {A: {...queue, DependsOn: 'B'}, B: {...queue, DependsOn: 'A'}, C: queue}},
    'Circular dependency between resources: [A, B]',
  ],
  [
    'a reference to nothing',
    {Resources: {Inbox: {...queue, Properties: {QueueName: {'Fn::Sub': '${Stage}-inbox'}}}}},
    'Template format error: Unresolved resource dependencies [Stage] in the Resources block of the template',
  ],
  [
    'an attribute that the type does not have',
    {Resources: {Inbox: {...queue, Properties: {QueueName: {'Fn::GetAtt': 'Dead.Colour'}}}, Dead: queue}},
    'Template error: resource Dead does not support attribute type Colour in Fn::GetAtt',
  ],
  [
    'a parameter without a value',
    {Parameters: {Stage: {Type: 'String'}}, Resources: {Inbox: queue}},
    'Parameters: [Stage] must have values',
  ],
  ['an empty template', {Resources: {}}, 'At least one Resources member must be defined'],
  ['text that is no template', 'Resources: {', /^Template format error: template:1: cannot be read as a template/],
  [
    'a section that does not exist',
    {Resourcs: {}, Resources: {Inbox: queue}},
    'Invalid template property or properties [Resourcs]',
  ],
  [
    'an import of nothing',
    {Resources: {Inbox: {...queue, Properties: {QueueName: {'Fn::ImportValue': 'x'}}}}},
    'No export named x found.',
  ],
];

test.each(cases)('refuses %s before anything is created', async (_what, template, sentence) => {
  await expect(stack.deploy(template)).rejects.toMatchObject({
    code: 'ValidationError',
    message: typeof sentence === 'string' ? expect.stringContaining(sentence) : expect.stringMatching(sentence),
  });
  expect(stack.calls).toEqual([]);
  expect(await stack.call('DescribeStacks')).toEqual({Stacks: []});
});

test('asks for the acknowledgement of roles, and of their names', async () => {
  await expect(stack.deploy({Resources: {Role: role}}, {Capabilities: []})).rejects.toMatchObject({
    code: 'InsufficientCapabilitiesException',
    message: 'Requires capabilities : [CAPABILITY_IAM]',
  });
  const named = {Resources: {Role: {...role, Properties: {...role.Properties, RoleName: 'ingest'}}}};
  await expect(stack.deploy(named)).rejects.toThrow('Requires capabilities : [CAPABILITY_NAMED_IAM]');
  expect(await stack.deploy(named, {Capabilities: ['CAPABILITY_NAMED_IAM']})).toBe('CREATE_COMPLETE');
});

test('refuses a replacement that would need the same name twice', async () => {
  const fifo = (value: boolean) => ({
    Resources: {Inbox: {...queue, Properties: {QueueName: 'a.fifo', FifoQueue: value}}},
  });
  await stack.deploy(fifo(true));
  await expect(stack.deploy(fifo(false))).rejects.toThrow('Rename a.fifo (Inbox) and update the stack again.');
});

test('refuses another type under the same logical ID', async () => {
  await stack.deploy({Resources: {Inbox: queue}});
  await expect(stack.deploy({Resources: {Inbox: {Type: 'AWS::Logs::LogGroup'}}})).rejects.toThrow(
    'Update of resource type is not permitted. The new template modifies resource type of the following resources: [Inbox]',
  );
});
