import type {SQS} from '@aws-sdk/client-sqs';
import {DynamoDBDocument} from '@aws-sdk/lib-dynamodb';
import {afterAll, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {type AwsClients, awsClients} from '../../src/aws/clients.ts';
import type {LocalCloud} from '../../src/local/cloud.ts';
import {findQueue, type QueueReference} from '../../src/recovery/find-queue.ts';
import {type ReplayOptions, replay} from '../../src/recovery/replay.ts';
import {type ReplaySettings, readReplaySettings} from '../../src/recovery/replay-settings.ts';
import {depths, openRecoveryCloud} from './recovery-cloud.ts';

const replaySettings = {
  Table: 'Requests',
  Where: {record: 'failure#*'},
  Time: 'recordedAt',
  Status: 'cause.kind',
  Send: {Queue: 'Work', S3Notification: {Object: 'payload', Sequencer: 'record'}},
};

const template = (Replay: unknown) =>
  JSON.stringify({
    Metadata: {Gear: {Replay}},
    Resources: {
      Work: {Type: 'AWS::SQS::Queue'},
      Requests: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: ['object', 'record'].map(AttributeName => ({AttributeName, AttributeType: 'S'})),
          KeySchema: [
            {AttributeName: 'object', KeyType: 'HASH'},
            {AttributeName: 'record', KeyType: 'RANGE'},
          ],
        },
      },
    },
  });

let cloud: LocalCloud;
let clients: AwsClients;
let sqs: SQS;
let rows: DynamoDBDocument;
let queue: QueueReference;
let TableName: string;

beforeAll(async () => {
  ({cloud, clients, sqs} = await openRecoveryCloud());
  const cloudFormation = await clients.cloudFormation();
  await cloudFormation.createStack({StackName: 'orders', TemplateBody: template(replaySettings)});
  for (let status = ''; status !== 'CREATE_COMPLETE'; )
    status = (await cloudFormation.describeStacks({StackName: 'orders'})).Stacks![0]!.StackStatus!;
  const {StackResources = []} = await cloudFormation.describeStackResources({StackName: 'orders'});
  const idOf = (id: string) =>
    StackResources.find(({LogicalResourceId}) => LogicalResourceId === id)!.PhysicalResourceId!;
  TableName = idOf('Requests');
  queue = await findQueue(clients, idOf('Work'));
  rows = DynamoDBDocument.from(await clients.dynamodb());
});
afterAll(() => cloud.close());

const failure = (key: string, kind: string, recordedAt: string) => ({
  object: `s3://inbox/${key}`,
  record: 'failure#00A100000000',
  payload: {bucket: 'inbox', key, size: 6, etag: 'e'},
  cause: {kind, name: 'Error', message: 'no'},
  recordedAt,
});

beforeEach(async () => {
  for (const Item of await all()) await rows.delete({TableName, Key: {object: Item.object, record: Item.record}});
  await sqs.purgeQueue({QueueUrl: queue.url}).catch(() => {});
  for (const Item of [
    failure('march orders.csv', 'transient', '2026-03-01T10:00:00.000Z'),
    failure('april.csv', 'permanent', '2026-03-02T10:00:00.000Z'),
    {object: 's3://inbox/may.csv', record: 'metadata', cause: {kind: 'transient'}},
  ])
    await rows.put({TableName, Item});
});

async function all() {
  return (await rows.scan({TableName, ConsistentRead: true})).Items ?? [];
}

const keysLeft = async () => (await all()).map(({object}) => object.slice('s3://inbox/'.length)).sort();

const options = (given: Partial<ReplayOptions> = {}): ReplayOptions => ({
  stackName: 'orders',
  settings: replaySettings,
  region: 'us-east-1',
  dryRun: false,
  signal: new AbortController().signal,
  onProgress() {},
  ...given,
});

describe('a replay', () => {
  test('is described by the template of the stack as it is deployed', async () => {
    expect(await readReplaySettings(clients, 'orders')).toEqual(replaySettings);
  });

  test.each<[string, Partial<ReplayOptions>, {replayed: number; skipped: number}, string[]]>([
    ['all failures', {}, {replayed: 2, skipped: 0}, ['may.csv']],
    ['those of a status', {status: 'transient'}, {replayed: 1, skipped: 1}, ['april.csv', 'may.csv']],
    ['those since', {from: Date.parse('2026-03-02')}, {replayed: 1, skipped: 1}, ['march orders.csv', 'may.csv']],
    ['those until', {to: Date.parse('2026-03-02')}, {replayed: 1, skipped: 1}, ['april.csv', 'may.csv']],
    ['none in a dry run', {dryRun: true}, {replayed: 2, skipped: 0}, ['april.csv', 'march orders.csv', 'may.csv']],
  ])('takes %s, and deletes their records alone', async (_, given, expected, left) => {
    expect(await replay(clients, options(given))).toMatchObject({...expected, failed: 0});
    expect(await keysLeft()).toEqual(left);
  });

  test('sends the notification that S3 had sent, late enough for the record to have gone', async () => {
    await replay(clients, options({status: 'transient'}));
    expect(await depths(sqs, queue)).toEqual([0, 0]);
    const {Messages = []} = await sqs.receiveMessage({QueueUrl: queue.url, WaitTimeSeconds: 8});
    expect(JSON.parse(Messages[0]!.Body!)).toMatchObject({
      Records: [
        {
          eventSource: 'aws:s3',
          s3: {bucket: {name: 'inbox'}, object: {key: 'march+orders.csv', size: 6, sequencer: '00A100000000'}},
        },
      ],
    });
  });

  test('keeps the record of what could not be sent', async () => {
    const settings: ReplaySettings = {...replaySettings, Send: {Queue: 'Work', Body: 'missing'}};
    expect(await replay(clients, options({settings}))).toMatchObject({
      replayed: 0,
      failures: {'the record has no missing': 2},
    });
    expect(await keysLeft()).toHaveLength(3);
  });

  test('sets a row back where that is what the service takes up, and keeps it', async () => {
    const {Send: _, ...others} = replaySettings;
    const settings: ReplaySettings = {...others, Set: {status: 'PENDING'}};
    expect(await replay(clients, options({settings, status: 'permanent'}))).toMatchObject({replayed: 1});
    const pending = (await all()).filter(({status}) => status === 'PENDING');
    expect(pending).toEqual([{...failure('april.csv', 'permanent', '2026-03-02T10:00:00.000Z'), status: 'PENDING'}]);
  });

  test('takes by a filter what a record says of itself', async () => {
    const filters = ['cause.kind=permanent'];
    expect(await replay(clients, options({filters, dryRun: true}))).toMatchObject({replayed: 1, skipped: 1});
    expect(await replay(clients, options({filters: ['april.csv'], dryRun: true}))).toMatchObject({replayed: 1});
    expect(await replay(clients, options({filters: ['name=nobody'], dryRun: true}))).toMatchObject({replayed: 0});
  });

  test('leaves what was not reached when it is interrupted', async () => {
    const interrupt = new AbortController();
    const {signal} = interrupt;
    const result = await replay(clients, options({signal, onProgress: () => interrupt.abort()}));
    expect(result).toMatchObject({replayed: 1, interrupted: true});
    expect(await keysLeft()).toHaveLength(2);
  });

  test('does not delete a record that was written anew meanwhile', async () => {
    const renewing = new Proxy(sqs, {
      get: (target, name) =>
        name === 'sendMessage'
          ? async (input: Parameters<SQS['sendMessage']>[0]) => {
              await rows.put({TableName, Item: failure('april.csv', 'permanent', '2026-03-03T10:00:00.000Z')});
              return target.sendMessage(input);
            }
          : Reflect.get(target, name),
    });
    const result = await replay({...clients, sqs: async () => renewing}, options({status: 'permanent'}));
    expect(result).toMatchObject({replayed: 0, failed: 1});
    expect(await keysLeft()).toContain('april.csv');
  });
});

describe('a replay of what the records are about', () => {
  const object = 's3://inbox/orders.json';
  const settings: ReplaySettings = {
    Table: 'Quarantined',
    Where: {object: '*'},
    Time: 'recordedAt',
    Status: 'status',
    Row: {Table: 'Rows', Key: 'object', Where: {status: 'FAILED'}},
    Set: {status: 'PENDING'},
    Renew: {expiresAt: 3600},
    Send: {Queue: 'Work', Body: 'body', Attributes: {CorrelationId: 'trace'}},
  };
  const given = options({stackName: 'quarantine', settings});
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    const cloudFormation = await clients.cloudFormation();
    const table = {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{AttributeName: 'object', AttributeType: 'S'}],
        KeySchema: [{AttributeName: 'object', KeyType: 'HASH'}],
      },
    };
    const Resources = {Work: {Type: 'AWS::SQS::Queue'}, Quarantined: table, Rows: table};
    const TemplateBody = JSON.stringify({Metadata: {Gear: {Replay: settings}}, Resources});
    await cloudFormation.createStack({StackName: 'quarantine', TemplateBody});
    for (let status = ''; status !== 'CREATE_COMPLETE'; )
      status = (await cloudFormation.describeStacks({StackName: 'quarantine'})).Stacks![0]!.StackStatus!;
    const {StackResources = []} = await cloudFormation.describeStackResources({StackName: 'quarantine'});
    for (const {LogicalResourceId, PhysicalResourceId} of StackResources) ids[LogicalResourceId!] = PhysicalResourceId!;
  });

  const quarantine = async (status?: string) => {
    const body = JSON.stringify({object, expiresAt: 1});
    const Item = {object, body, trace: 'trace-1', recordedAt: '2026-03-01T10:00:00.000Z'};
    await rows.put({TableName: ids.Quarantined!, Item});
    await rows.delete({TableName: ids.Rows!, Key: {object}});
    if (status) await rows.put({TableName: ids.Rows!, Item: {object, status, expiresAt: 1}});
    sentBefore = await inQueue();
  };
  const row = async () => (await rows.get({TableName: ids.Rows!, Key: {object}, ConsistentRead: true})).Item;
  const recordsLeft = async () => (await rows.scan({TableName: ids.Quarantined!, ConsistentRead: true})).Count;
  let sentBefore = 0;
  const inQueue = async () => {
    const {Attributes = {}} = await sqs.getQueueAttributes({QueueUrl: ids.Work!, AttributeNames: ['All']});
    return Number(Attributes.ApproximateNumberOfMessages) + Number(Attributes.ApproximateNumberOfMessagesDelayed);
  };
  const sent = async () => (await inQueue()) - sentBefore;

  test('is described by the template', async () => {
    expect(await readReplaySettings(clients, 'quarantine')).toEqual(settings);
  });

  test('sets the row, sends the message with its time begun anew, and lets the record go; once', async () => {
    await quarantine('FAILED');
    const before = Math.floor(Date.now() / 1000);
    expect(await replay(clients, given)).toMatchObject({replayed: 1, statuses: {FAILED: 1}});
    expect(await row()).toMatchObject({status: 'PENDING', expiresAt: expect.any(Number)});
    expect((await row())!.expiresAt).toBeGreaterThanOrEqual(before + 3600);
    expect(await recordsLeft()).toBe(0);
    expect(await replay(clients, given)).toMatchObject({replayed: 0, failed: 0});
    const receive = {QueueUrl: ids.Work!, WaitTimeSeconds: 8, MessageAttributeNames: ['All']};
    const {Messages = []} = await sqs.receiveMessage(receive);
    expect(JSON.parse(Messages[0]!.Body!)).toEqual({object, expiresAt: (await row())!.expiresAt});
    expect(Messages[0]!.MessageAttributes).toMatchObject({CorrelationId: {StringValue: 'trace-1'}});
  });

  test('goes on where it was cut off between the row and the message, whatever status is asked for', async () => {
    await quarantine('FAILED');
    const broken = new Proxy(sqs, {
      get: (target, name) =>
        name === 'sendMessage' ? () => Promise.reject(new Error('cut off')) : Reflect.get(target, name),
    });
    expect(await replay({...clients, sqs: async () => broken}, given)).toMatchObject({failures: {'cut off': 1}});
    expect([await recordsLeft(), await sent()]).toEqual([1, 0]);
    expect(await replay(clients, {...given, status: 'FAILED'})).toMatchObject({replayed: 1});
    expect([await recordsLeft(), await sent()]).toEqual([0, 1]);
  });

  test.each([['DONE'], ['PROCESSING'], [undefined]])('leaves a row that is %s, and its record', async status => {
    await quarantine(status);
    expect(await replay(clients, given)).toMatchObject({
      replayed: 0,
      skipped: 1,
      statuses: {[status ?? 'gone']: 1},
    });
    expect([await recordsLeft(), await sent()]).toEqual([1, 0]);
  });

  test('leaves a row that changed after it was read', async () => {
    await quarantine('FAILED');
    const {endpoint, region, credentials} = cloud;
    const late = await awsClients({endpoint, region, credentials}).dynamodb();
    late.middlewareStack.add(
      (next, {commandName}) =>
        async args => {
          if (commandName?.startsWith('Update')) await rows.put({TableName: ids.Rows!, Item: {object, status: 'DONE'}});
          return next(args);
        },
      {step: 'initialize'},
    );
    const result = await replay({...clients, dynamodb: async () => late}, given);
    expect(result).toMatchObject({
      replayed: 0,
      failures: {'it has changed since it was read, and was left as it is': 1},
    });
    expect([await row(), await recordsLeft(), await sent()]).toEqual([{object, status: 'DONE'}, 1, 0]);
  });
});

describe('settings of a replay are refused by name', () => {
  const {Send, ...withoutSend} = replaySettings;
  test.each<[string, unknown, RegExp]>([
    ['none', undefined, /no Metadata.Gear.Replay/],
    ['an unknown key', {...replaySettings, Queue: 'Work'}, /gear does not know Queue; it knows Table, Where/],
    ['nothing to do', withoutSend, /neither Send nor Set/],
    ['two bodies', {...replaySettings, Send: {...Send, Body: 'x'}}, /either Body or S3Notification/],
    ['a number', {...replaySettings, Time: 3}, /Time must be text/],
    ['a row that is not set', {...replaySettings, Row: {Table: 'A', Key: 'b', Where: {c: 'd'}}}, /a Row, and no Set/],
    ['no time', {...replaySettings, Renew: {expiresAt: 'later'}}, /Renew.expiresAt must be a whole number of seconds/],
    ['no choice', {...replaySettings, Where: {status: []}}, /Where.status must be text/],
    ['no rows', {...replaySettings, Where: {}}, /Where is empty/],
  ])('%s', async (_, given, message) => {
    const cloudFormation = {getTemplate: async () => ({TemplateBody: template(given)})};
    await expect(
      readReplaySettings({...clients, cloudFormation: async () => cloudFormation as never}, 'orders'),
    ).rejects.toThrow(message);
  });
});
