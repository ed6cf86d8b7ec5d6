import {DynamoDBClient} from '@aws-sdk/client-dynamodb';
import {PutObjectCommand, S3Client} from '@aws-sdk/client-s3';
import {GetQueueAttributesCommand, SQSClient} from '@aws-sdk/client-sqs';
import {DynamoDBDocumentClient, QueryCommand} from '@aws-sdk/lib-dynamodb';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {deployLocally, type LocalService} from './local-service.ts';

let service: LocalService;
let s3: S3Client;
let sqs: SQSClient;
let table: DynamoDBDocumentClient;

beforeAll(async () => {
  service = await deployLocally();
  // An endpoint that is an IP address has no bucket sub-domains.
  s3 = new S3Client({...service.aws, forcePathStyle: true});
  sqs = new SQSClient(service.aws);
  table = DynamoDBDocumentClient.from(new DynamoDBClient(service.aws));
});
afterAll(() => service?.remove());

it('describes an object', async () => {
  await put('order.json', '{"order": 4711, "customer": "C-19"}');
  expect(await rowOf('order.json')).toMatchObject({
    record: 'metadata',
    contentType: 'application/json',
    details: {keys: ['order', 'customer']},
  });
});

it('records why an object that is malformed has no description', async () => {
  await put('truncated.json', '{"order": 47');
  expect(await rowOf('truncated.json')).toMatchObject({
    record: expect.stringMatching(/^failure#/),
    cause: {kind: 'permanent', name: 'Malformed'},
  });
});

it('tries again what came too early, and has it in the end', async () => {
  await put('delivery.manifest.json', '{"parts": ["march.csv"]}');
  // It failed once when its message waits, delayed, to be tried again.
  const attributes = {
    QueueUrl: service.output('IngestQueueUrl'),
    AttributeNames: ['ApproximateNumberOfMessagesDelayed' as const],
  };
  await service.until(
    async () => (await sqs.send(new GetQueueAttributesCommand(attributes))).Attributes,
    counts => counts?.ApproximateNumberOfMessagesDelayed === '1',
  );
  await put('march.csv', 'day,orders\n2026-03-01,12\n');
  const row = await rowOf('delivery.manifest.json', () => service.forward('+1s'));
  expect(row).toMatchObject({record: 'metadata', details: {parts: ['march.csv']}});
});

it('needs every permission that its roles grant, and no other', async () => {
  expect(await service.permissions()).toEqual({denied: [], unused: []});
});

async function put(name: string, Body: string) {
  await s3.send(new PutObjectCommand({Bucket: service.output('InboxBucketName'), Key: `incoming/${name}`, Body}));
}

/** The object's first row, as soon as it is there. */
async function rowOf(name: string, wait = async () => {}) {
  const query = new QueryCommand({
    TableName: service.output('ObjectTableName'),
    KeyConditionExpression: '#object = :object',
    ExpressionAttributeNames: {'#object': 'object'},
    ExpressionAttributeValues: {':object': `s3://${service.output('InboxBucketName')}/incoming/${name}`},
    ConsistentRead: true,
  });
  const rows = await service.until(
    async () => {
      await wait();
      return (await table.send(query)).Items ?? [];
    },
    items => items.length > 0,
  );
  return rows[0];
}
