import {afterEach, beforeEach, expect, test} from 'vitest';
import {ServiceError} from '../../../../src/local/service-error.ts';
import {openStackBench, type StackBench} from '../../stack/stack-bench.ts';

const snippets: Record<string, string> = {
  'delay.yaml': 'DelaySeconds: 7\n',
  'name.json': '{"QueueName": {"Ref": "AWS::StackName"}}',
  'queue.yaml': 'Inbox: {Type: AWS::SQS::Queue}\n',
  'mapping.yaml': 'dev: {delay: 3}\n',
  'template.yaml': 'Description: All of it\nResources:\n  Inbox: {Type: AWS::SQS::Queue}\n',
  'short.yaml': 'DelaySeconds: 1\nQueueName: !Ref AWS::StackName\n',
  'nested.yaml': 'Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://snippets/delay.yaml}}\n',
  'list.yaml': '[1, 2]\n',
  'tag.yaml': 'Key: team\nValue: orders\n',
};

let stack: StackBench;
beforeEach(() => {
  stack = openStackBench();
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
          const text = snippets[(input as {Key: string}).Key];
          if (text === undefined) throw new ServiceError('NoSuchKey', 'The specified key does not exist.');
          return {Body: Buffer.from(text)};
        },
      },
    ],
  });
});
afterEach(() => stack.close());

const call = (key: string) => ({Name: 'AWS::Include', Parameters: {Location: `s3://snippets/${key}`}});
const include = (...keys: string[]) => ({'Fn::Transform': keys.length === 1 ? call(keys[0]!) : keys.map(call)});
const queue = (properties: object) => ({Inbox: {Type: 'AWS::SQS::Queue', Properties: properties}});
const Capabilities = ['CAPABILITY_AUTO_EXPAND'];

async function processed(template: object): Promise<unknown> {
  await stack.deploy(template, {Capabilities});
  const {TemplateBody} = await stack.call<{TemplateBody: string}>('GetTemplate', {StackName: 'orders'});
  return JSON.parse(TemplateBody);
}

test.each<[string, object, object]>([
  [
    'the properties of a resource, beside others',
    {Resources: queue({VisibilityTimeout: 9, ...include('delay.yaml')})},
    {Resources: queue({VisibilityTimeout: 9, DelaySeconds: 7})},
  ],
  [
    'one place, twice',
    {Resources: queue(include('delay.yaml', 'name.json'))},
    {Resources: queue({DelaySeconds: 7, QueueName: {Ref: 'AWS::StackName'}})},
  ],
  ['a whole section', {Resources: include('queue.yaml')}, {Resources: {Inbox: {Type: 'AWS::SQS::Queue'}}}],
  [
    'a mapping',
    {
      Mappings: {Stages: include('mapping.yaml')},
      Resources: queue({DelaySeconds: {'Fn::FindInMap': ['Stages', 'dev', 'delay']}}),
    },
    {
      Mappings: {Stages: {dev: {delay: 3}}},
      Resources: queue({DelaySeconds: {'Fn::FindInMap': ['Stages', 'dev', 'delay']}}),
    },
  ],
  [
    'an item of a list',
    {Resources: queue({Tags: [include('tag.yaml')]})},
    {Resources: queue({Tags: [{Key: 'team', Value: 'orders'}]})},
  ],
  [
    'the template itself, by its Transform section',
    {
      Transform: ['AWS::LanguageExtensions', call('template.yaml')],
      Resources: {Topic: {Type: 'AWS::SNS::Topic'}},
    },
    {
      Transform: ['AWS::LanguageExtensions'],
      Description: 'All of it',
      Resources: {Topic: {Type: 'AWS::SNS::Topic'}, Inbox: {Type: 'AWS::SQS::Queue'}},
    },
  ],
])('AWS::Include puts a file into %s', async (_, template, expected) => {
  expect(await processed(template)).toEqual(expected);
  expect(await stack.status()).toBe('CREATE_COMPLETE');
  const original = await stack.call('GetTemplate', {StackName: 'orders', TemplateStage: 'Original'});
  expect(original).toMatchObject({TemplateBody: JSON.stringify(template)});
});

const invalidContent =
  "Transform AWS::Include failed with: The specified S3 object's content should be valid Yaml/JSON.";

test.each<[string, object, string]>([
  [
    'a file with a short form',
    {Resources: queue(include('short.yaml'))},
    `${invalidContent} (s3://snippets/short.yaml: line 2 says !Ref`,
  ],
  [
    'a file that includes another',
    {Resources: queue(include('nested.yaml'))},
    `${invalidContent} (s3://snippets/nested.yaml: it calls a macro itself`,
  ],
  ['a file that is no mapping', {Resources: queue(include('list.yaml'))}, invalidContent],
  [
    'a file that is not there',
    {Resources: queue(include('gone.yaml'))},
    'Transform AWS::Include failed with: The specified key does not exist.',
  ],
  [
    'a file outside of S3',
    {Resources: queue({'Fn::Transform': {Name: 'AWS::Include', Parameters: {Location: 'https://example.com/a.yaml'}}})},
    'The location parameter is not a valid S3 uri: https://example.com/a.yaml.',
  ],
  [
    'a Location that is put together',
    {Resources: queue({'Fn::Transform': {Name: 'AWS::Include', Parameters: {Location: {Ref: 'File'}}}})},
    'gear local takes the Location of AWS::Include as text only, not {"Ref":"File"}',
  ],
  [
    'what is there already',
    {Resources: queue({DelaySeconds: 1, ...include('delay.yaml')})},
    'AWS::Include brings DelaySeconds, which the template has there too',
  ],
  [
    'another macro',
    {Resources: queue({'Fn::Transform': {Name: 'Count'}})},
    'gear local does not run the macro Count, only AWS::Include',
  ],
  [
    'a parameter',
    {Parameters: include('delay.yaml'), Resources: queue({})},
    'AWS::Include cannot stand in the Parameters section',
  ],
])('refuses %s', async (_, template, sentence) => {
  await expect(stack.deploy(template, {Capabilities})).rejects.toMatchObject({
    code: 'ValidationError',
    message: expect.stringContaining(sentence),
  });
});

test('who deploys without a change set has to acknowledge that the template grows', async () => {
  const template = {Resources: queue(include('delay.yaml'))};
  await expect(stack.deploy(template)).rejects.toMatchObject({
    code: 'InsufficientCapabilitiesException',
    message: 'Requires capabilities : [CAPABILITY_AUTO_EXPAND]',
  });
  const input = {StackName: 'orders', ChangeSetName: 'first', ChangeSetType: 'CREATE'};
  await stack.call('CreateChangeSet', {...input, TemplateBody: JSON.stringify(template)});
  // What the change set shows is what is deployed, whatever becomes of the file.
  snippets['delay.yaml'] = 'DelaySeconds: 8\n';
  await stack.call('ExecuteChangeSet', {ChangeSetName: 'first', StackName: 'orders'});
  await expect.poll(stack.status).toBe('CREATE_COMPLETE');
  const {TemplateBody} = await stack.call<{TemplateBody: string}>('GetTemplate', {StackName: 'orders'});
  expect(TemplateBody).toContain('"DelaySeconds":7');
  const again = {...input, ChangeSetName: 'again', ChangeSetType: 'UPDATE', UsePreviousTemplate: true};
  await stack.call('CreateChangeSet', again);
  expect(await stack.call('DescribeChangeSet', {ChangeSetName: 'again', StackName: 'orders'})).toMatchObject({
    Changes: [{ResourceChange: {Action: 'Modify', LogicalResourceId: 'Inbox'}}],
  });
  snippets['delay.yaml'] = 'DelaySeconds: 7\n';
});

test('a summary names the macro, and does not look into what it brings', async () => {
  const TemplateBody = JSON.stringify({Resources: include('gone.yaml')});
  expect(await stack.call('GetTemplateSummary', {TemplateBody})).toMatchObject({
    DeclaredTransforms: ['AWS::Include'],
    ResourceTypes: [],
  });
});
