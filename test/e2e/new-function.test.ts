import {globSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {findPython} from '../../src/local/lambda/find-python.ts';
import {type Clients, eventually, ServiceUnderTest} from './service.ts';

const triggers = ['http', 'queue', 'stream', 'schedule', 'topic', 'bucket', 'none'];

describe('functions added to a service that lives', {timeout: 60_000}, () => {
  const service = new ServiceUnderTest();
  const read = (file: string) => readFileSync(join(service.folder, file), 'utf8');
  let clients: Clients;
  let before: readonly string[];

  beforeAll(async () => {
    await service.create();
    before = ['template.yaml', 'README.md'].map(read);
    for (const trigger of triggers)
      expect(await service.gear('new', 'function', `on-${trigger}`, '--trigger', trigger)).toMatchObject({exitCode: 0});
    await service.deploy();
    clients = await service.clients();
  }, 120_000);
  afterAll(() => service.remove());

  test('are audited clean', async () => {
    expect(await service.gear('audit')).toMatchObject({exitCode: 0, stdout: '9 functions: no findings'});
  });

  test('are invoked by what they were added for, and use what their roles grant', async () => {
    const {OnQueueQueueUrl, OnBucketBucketName, OnStreamTableName, OnTopicTopicArn, OnNoneFunctionName, OnHttpUrl} =
      service.outputs;
    await clients.sqs.sendMessage({QueueUrl: OnQueueQueueUrl!, MessageBody: '{"id":"1"}'});
    await clients.s3.putObject({Bucket: OnBucketBucketName!, Key: 'march orders.csv', Body: 'a,b\n'});
    await clients.table.put({TableName: OnStreamTableName!, Item: {id: '1'}});
    await clients.lambda.invoke({FunctionName: OnNoneFunctionName!, Payload: Buffer.from('{"name":"Ada"}')});
    // There is no client for SNS among gear's packages; where the aws CLI is not installed, the topic stays silent.
    const publish = ['sns', 'publish', '--topic-arn', OnTopicTopicArn!, '--message', '{"id":"1"}'];
    const published = (await service.gear('local', 'aws', '--', ...publish)).exitCode === 0;
    const driven = triggers.filter(trigger => trigger !== 'topic' || published);
    const answer = await fetch(OnHttpUrl!, {method: 'POST', body: '{"name":"Ada"}'});
    expect([answer.status, await answer.json()]).toEqual([200, {greeting: 'Hello Ada'}]);
    expect(await service.gear('local', 'time', '+61m')).toMatchObject({exitCode: 0});
    // What hands over to a queue is for faults alone.
    await eventually(
      () => unusedGrants(service),
      unused => driven.every(trigger => unused[`on-${trigger}`]?.every(grant => /^HandOver: /.test(grant))),
      20,
    );
  });

  test('go as they came, and the service is the one that it was', async () => {
    for (const trigger of triggers)
      expect(await service.gear('remove', 'function', `on-${trigger}`)).toMatchObject({exitCode: 0});
    expect(['template.yaml', 'README.md'].map(read)).toEqual(before);
  });
});

const python = await findPython(13, process);
const noPython = python?.sdk === undefined ? ': skipped, for there is no Python 3.10 with boto3 here' : '';

describe.skipIf(noPython !== '')(`functions added to a service in Python${noPython}`, {timeout: 60_000}, () => {
  const service = new ServiceUnderTest('python', {template: 'queue-worker'});
  const read = (file: string) => readFileSync(join(service.folder, file), 'utf8');
  const added = ['queue', 'http', 'bucket'];
  let before: readonly string[];
  let files: readonly string[];

  beforeAll(async () => {
    await service.create();
    // A bucket that was there before, for a function to be attached to.
    service.edit(template => template.replace('\nOutputs:\n', inbox));
    before = ['template.yaml', 'README.md'].map(read);
    files = listFiles(service.folder);
    for (const trigger of added) {
      const source = trigger === 'bucket' ? ['--source', 'Inbox'] : [];
      const run = await service.gear('new', 'function', `on-${trigger}`, '--trigger', trigger, ...source);
      expect(run).toMatchObject({exitCode: 0});
    }
    await service.deploy();
  }, 120_000);
  afterAll(() => service.remove());

  test('are in Python, are invoked, and use all that their roles grant', async () => {
    const clients = await service.clients();
    const {OnQueueQueueUrl, OnHttpUrl, InboxName} = service.outputs;
    await clients.sqs.sendMessage({QueueUrl: OnQueueQueueUrl!, MessageBody: '{"id":"1"}'});
    await clients.s3.putObject({Bucket: InboxName!, Key: 'march orders.csv', Body: 'a,b\n'});
    const headers = {'x-correlation-id': 'checkout-4711'};
    const answer = await fetch(OnHttpUrl!, {method: 'POST', body: '{"name":"Ada"}', headers});
    expect([answer.status, answer.headers.get('x-correlation-id'), await answer.json()]).toEqual([
      200,
      'checkout-4711',
      {greeting: 'Hello Ada'},
    ]);
    await eventually(
      () => unusedGrants(service),
      unused => added.every(trigger => unused[`on-${trigger}`]?.length === 0),
      30,
    );
  });

  test('go as they came, with their files', async () => {
    for (const trigger of added)
      expect(await service.gear('remove', 'function', `on-${trigger}`)).toMatchObject({exitCode: 0});
    expect(['template.yaml', 'README.md'].map(read)).toEqual(before);
    expect(listFiles(service.folder)).toEqual(files);
  });
});

const inbox = `
  Inbox:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: !Sub orders-\${AWS::AccountId}-\${AWS::Region}

Outputs:
  InboxName:
    Value: !Ref Inbox
`;

/** What a person wrote, or gear for a person. */
function listFiles(folder: string): readonly string[] {
  return globSync('**/*', {cwd: folder, exclude: name => ['dist', '.gear', '__pycache__'].includes(name)}).sort();
}

/** By function, without those that came with the service. */
async function unusedGrants(service: ServiceUnderTest): Promise<Record<string, readonly string[]>> {
  const {functions} = (await service.gear('local', 'usage', '--json')).json<Usage>();
  const added = functions.filter(({granted}) => /^on-/.test(granted[0]?.policy ?? ''));
  return Object.fromEntries(
    added.map(({granted}) => [
      granted[0]!.policy,
      granted.filter(({status}) => status !== 'used').map(({action, sid}) => `${sid}: ${action}`),
    ]),
  );
}

interface Usage {
  readonly functions: readonly {
    readonly granted: readonly {
      readonly policy: string;
      readonly sid?: string;
      readonly action: string;
      readonly status: string;
    }[];
  }[];
}
