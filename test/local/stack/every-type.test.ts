import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {Readable} from 'node:stream';
import {zipSync} from 'fflate';
import {afterAll, beforeAll, expect, test, vi} from 'vitest';
import {parseTemplate} from '../../../src/cloudformation/parse.ts';
import {type Assembly, assemble} from '../../../src/local/assemble.ts';
import {systemClock} from '../../../src/local/clock.ts';
import {isRequired, type Shape} from '../../../src/local/shape.ts';
import {resourceTypes} from '../../../src/local/stack/resources/index.ts';
import {openState, type State} from '../../../src/local/state.ts';
import {developer} from '../harness.ts';

const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');
const text = fixture('every-type.yaml').replace('nested.yaml', 'https://artifacts.s3.amazonaws.com/nested.yaml');
let folder: string;
let state: State;
let cloud: Assembly;
/** Members that a handler gave to an operation which does not know them: they would be ignored. */
const strangers: string[] = [];

const call = <T = Record<string, unknown>>(service: string, operation: string, input: object = {}) =>
  cloud.access.call<T>(developer, service, operation, input);
const put = (Key: string, source: string) =>
  call('s3', 'PutObject', {
    Bucket: 'artifacts',
    Key,
    Body: Readable.from([Buffer.from(zipSync({'index.mjs': Buffer.from(source)}))]),
  });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gear-every-type-'));
  state = openState(folder);
  cloud = assemble({
    state,
    clock: systemClock,
    account: '000000000000',
    region: 'us-east-1',
    endpoint: () => 'http://127.0.0.1:4566',
    log: () => {},
  });
  for (const service of cloud.services)
    for (const operation of service.operations) {
      const run = operation.run.bind(operation);
      vi.spyOn(operation, 'run').mockImplementation((input, context, store) => {
        strangers.push(...unknownMembers(operation.input, input, `${service.name}:${operation.name}`));
        return run(input, context, store);
      });
    }
  await call('s3', 'CreateBucket', {Bucket: 'artifacts'});
  await call('s3', 'PutObject', {
    Bucket: 'artifacts',
    Key: 'nested.yaml',
    Body: Readable.from([Buffer.from(fixture('nested.yaml'))]),
  });
  await put('ingest.zip', 'export const handler = async () => 1;');
  await put('changed.zip', 'export const handler = async () => 2;');
});

afterAll(async () => {
  vi.restoreAllMocks();
  await cloud.close();
  state.close();
  rmSync(folder, {recursive: true, force: true});
});

async function deploy(parameters: Record<string, string>, type: 'CREATE' | 'UPDATE') {
  const {Id} = await call<{Id: string}>('cloudformation', 'CreateChangeSet', {
    StackName: 'orders',
    ChangeSetName: `deployment-${type}`,
    ChangeSetType: type,
    TemplateBody: text,
    Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({ParameterKey, ParameterValue})),
    Capabilities: ['CAPABILITY_NAMED_IAM'],
    Tags: [{Key: 'service', Value: 'orders'}],
  });
  const {Changes} = await call<{Changes: {ResourceChange: {LogicalResourceId: string; Replacement?: string}}[]}>(
    'cloudformation',
    'DescribeChangeSet',
    {ChangeSetName: Id},
  );
  await call('cloudformation', 'ExecuteChangeSet', {ChangeSetName: Id});
  await settled();
  return Changes.map(({ResourceChange}) => ResourceChange);
}

async function settled(): Promise<void> {
  await expect
    .poll(async () => (await stacks())[0]!.StackStatus, {timeout: 20_000, interval: 20})
    .not.toMatch(/IN_PROGRESS$/);
}

async function stacks() {
  const {StackSummaries} = await call<{StackSummaries: Record<'StackName' | 'StackId' | 'StackStatus', string>[]}>(
    'cloudformation',
    'ListStacks',
  );
  return StackSummaries.filter(({StackName}) => StackName === 'orders');
}

async function failures(): Promise<string[]> {
  const {StackEvents} = await call<{StackEvents: Record<string, string>[]}>('cloudformation', 'DescribeStackEvents', {
    StackName: (await stacks())[0]!.StackId,
  });
  return StackEvents.filter(({ResourceStatus}) => /FAILED|ROLLBACK/.test(ResourceStatus ?? '')).map(
    ({LogicalResourceId, ResourceStatus, ResourceStatusReason}) =>
      `${LogicalResourceId} ${ResourceStatus} ${ResourceStatusReason}`,
  );
}

const everything = Object.entries(
  parseTemplate(text, 'every-type.yaml').body.Resources as Record<string, {Type: string; Properties?: object}>,
);

test('the list has every handler of the folder', () => {
  const handlers = readdirSync(new URL('../../../src/local/stack/resources/', import.meta.url)).filter(
    name => name !== 'index.ts',
  );
  expect(resourceTypes.size).toBe(handlers.length);
});

test('the template has every type', () => {
  expect(new Set(everything.map(([, {Type}]) => Type))).toEqual(new Set(resourceTypes.keys()));
});

test('the template has every property', () => {
  // A description or a routing that needs another version, a key of a service that is not there.
  const left = ['AWS::Lambda::Alias.RoutingConfig', 'AWS::Lambda::Version.CodeSha256'];
  const given = new Set(
    everything.flatMap(([, {Type, Properties = {}}]) => Object.keys(Properties).map(name => `${Type}.${name}`)),
  );
  const known = [...resourceTypes].flatMap(([type, {properties}]) =>
    properties.kind === 'structure' ? Object.keys(properties.members).map(name => `${type}.${name}`) : [],
  );
  expect(known.filter(name => !given.has(name))).toEqual(left);
});

test('every type is made, changed and deleted through the services, which know all that they are given', async () => {
  const added = await deploy({}, 'CREATE');
  expect(await failures()).toEqual([]);
  expect(added).toHaveLength(everything.length);
  expect(
    await call('sqs', 'GetQueueUrl', {QueueName: await physical('Queue').then(url => url.split('/').at(-1)!)}),
  ).toBeDefined();

  await expect(deploy({}, 'UPDATE')).rejects.toThrow('cannot be executed in its current status of [FAILED]');
  await call('cloudformation', 'DeleteChangeSet', {StackName: 'orders', ChangeSetName: 'deployment-UPDATE'});

  const versionBefore = await physical('Version');
  const changed = await deploy({Changed: 'yes', CodeKey: 'changed.zip'}, 'UPDATE');
  expect(await failures()).toEqual([]);
  expect(await physical('Version')).not.toBe(versionBefore);
  expect(changed.map(({LogicalResourceId}) => LogicalResourceId)).toEqual(
    expect.arrayContaining([
      'Inbox',
      'Queue',
      'Table',
      'Role',
      'Shared',
      'Function',
      'Inline',
      'Version',
      'Alias',
      'Events',
    ]),
  );
  const FunctionName = await physical('Function');
  expect(await call('lambda', 'GetFunctionConfiguration', {FunctionName})).toMatchObject({
    Timeout: 20,
    LoggingConfig: {LogFormat: 'Text', LogGroup: `/aws/lambda/${FunctionName}`},
    Environment: {Variables: {CHANGED: 'yes'}},
  });
  expect(await call('lambda', 'GetFunctionConfiguration', {FunctionName})).not.toHaveProperty('DeadLetterConfig');

  await deploy({}, 'UPDATE');
  expect(await failures()).toEqual([]);

  await call('cloudformation', 'DeleteStack', {StackName: 'orders'});
  await settled();
  expect(await failures()).toEqual([]);
  expect(await leftovers()).toEqual({
    buckets: ['artifacts'],
    queues: 0,
    tables: 0,
    roles: 0,
    functions: 0,
    alarms: 0,
    secrets: 0,
    parameters: 0,
    apis: 0,
    applications: 0,
  });
  expect(strangers).toEqual([]);
}, 30_000);

async function physical(LogicalResourceId: string): Promise<string> {
  const {StackResourceDetail} = await call<{StackResourceDetail: {PhysicalResourceId: string}}>(
    'cloudformation',
    'DescribeStackResource',
    {StackName: 'orders', LogicalResourceId},
  );
  return StackResourceDetail.PhysicalResourceId;
}

async function leftovers() {
  const count = async (service: string, operation: string, member: string) =>
    ((await call<Record<string, unknown[]>>(service, operation))[member] ?? []).length;
  const {Buckets} = await call<{Buckets: {Bucket: {Name: string}[]} | {Name: string}[]}>('s3', 'ListBuckets');
  return {
    buckets: (Array.isArray(Buckets) ? Buckets : Buckets.Bucket).map(({Name}) => Name),
    queues: await count('sqs', 'ListQueues', 'QueueUrls'),
    tables: await count('dynamodb', 'ListTables', 'TableNames'),
    roles: await count('iam', 'ListRoles', 'Roles'),
    functions: await count('lambda', 'ListFunctions', 'Functions'),
    alarms: await count('cloudwatch', 'DescribeAlarms', 'MetricAlarms'),
    secrets: await count('secretsmanager', 'ListSecrets', 'SecretList'),
    parameters: await count('ssm', 'DescribeParameters', 'Parameters'),
    apis: await count('apigatewayv2', 'GetApis', 'items'),
    applications: await count('codedeploy', 'ListApplications', 'applications'),
  };
}

function unknownMembers(shape: Shape, value: unknown, path: string): string[] {
  if (value === undefined || value === null || typeof value !== 'object') return [];
  if (shape.kind === 'list')
    return (value as unknown[]).flatMap(entry => unknownMembers(shape.member, entry, `${path}[]`));
  if (shape.kind === 'map')
    return Object.values(value).flatMap(entry => unknownMembers(shape.value, entry, `${path}{}`));
  if (shape.kind !== 'structure') return [];
  return Object.entries(value).flatMap(([name, entry]) => {
    const member = shape.members[name];
    if (member === undefined) return entry === undefined ? [] : [`${path}.${name}`];
    return unknownMembers(isRequired(member) ? member.required : member, entry, `${path}.${name}`);
  });
}
