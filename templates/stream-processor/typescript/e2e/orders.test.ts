import {DynamoDBClient} from '@aws-sdk/client-dynamodb';
import {type Message, ReceiveMessageCommand, SQSClient} from '@aws-sdk/client-sqs';
import {DynamoDBDocumentClient, PutCommand, ScanCommand} from '@aws-sdk/lib-dynamodb';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {deployLocally, type LocalService} from './local-service.ts';

let service: LocalService;
let sqs: SQSClient;
let table: DynamoDBDocumentClient;

beforeAll(async () => {
  service = await deployLocally();
  sqs = new SQSClient(service.aws);
  table = DynamoDBDocumentClient.from(new DynamoDBClient(service.aws));
});
afterAll(() => service?.remove());

it('ships what is placed, and nothing else', async () => {
  await put({id: 'order-16', status: 'DRAFT', address: '12 Row Lane'});
  await put({id: 'order-17', status: 'PLACED', address: '12 Row Lane', correlationId: 'checkout-4711'});
  const shipments = await service.until(
    () => shipped(),
    items => items.length > 0,
  );
  expect(shipments).toMatchObject([{id: 'order-17', address: '12 Row Lane', correlationId: 'checkout-4711'}]);
});

it('puts aside a record that always fails, and ships what stands behind it', async () => {
  await put({id: 'order-18', status: 'PLACED'});
  await put({id: 'order-19', status: 'PLACED', address: '1 Quay'});
  const aside = await service.until(
    async (): Promise<Message[]> => {
      // In small steps, so that the record does not grow older than it may while an attempt is at work.
      await service.forward('+5s');
      const queue = {QueueUrl: service.output('FailureQueueUrl')};
      return (await sqs.send(new ReceiveMessageCommand(queue))).Messages ?? [];
    },
    messages => messages.length > 0,
  );
  expect(JSON.parse(aside[0]?.Body ?? '')).toMatchObject({
    requestContext: {condition: 'RetryAttemptsExhausted'},
    DDBStreamBatchInfo: {batchSize: 1},
  });
  const shipments = await service.until(
    () => shipped(),
    items => items.length === 2,
  );
  expect(shipments.map(({id}) => id).sort()).toEqual(['order-17', 'order-19']);
});

it('needs every permission that its roles grant, and no other', async () => {
  expect(await service.permissions()).toEqual({denied: [], unused: []});
});

async function put(Item: Record<string, string>) {
  await table.send(new PutCommand({TableName: service.output('OrderTableName'), Item}));
}

async function shipped(): Promise<Record<string, unknown>[]> {
  const shipments = {TableName: service.output('ShipmentTableName'), ConsistentRead: true};
  return (await table.send(new ScanCommand(shipments))).Items ?? [];
}
