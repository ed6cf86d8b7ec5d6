import {DynamoDBClient} from '@aws-sdk/client-dynamodb';
import {type Message, ReceiveMessageCommand, SendMessageCommand, SQSClient} from '@aws-sdk/client-sqs';
import {DynamoDBDocumentClient, GetCommand} from '@aws-sdk/lib-dynamodb';
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

const order = {id: 'order-17', customer: 'Ada', total: 12.5};

it('saves an order, with the correlation id of its sender', async () => {
  await send(JSON.stringify(order));
  expect(await saved('order-17')).toMatchObject({customer: 'Ada', total: 12.5, correlationId: 'checkout-4711'});
});

it('saves an order once, however often it comes', async () => {
  await send(JSON.stringify({...order, total: 99}));
  await send(JSON.stringify({...order, id: 'order-18'}));
  await saved('order-18');
  expect(await saved('order-17')).toMatchObject({total: 12.5});
});

it('puts aside what is no order, after five receives', async () => {
  await send('hello');
  const aside = await service.until(
    async (): Promise<Message[]> => {
      await service.forward('+61s');
      const queue = {QueueUrl: service.output('DeadLetterQueueUrl')};
      return (await sqs.send(new ReceiveMessageCommand(queue))).Messages ?? [];
    },
    messages => messages.length > 0,
  );
  expect(aside).toMatchObject([{Body: 'hello'}]);
});

it('needs every permission that its roles grant, and no other', async () => {
  expect(await service.permissions()).toEqual({denied: [], unused: []});
});

async function send(MessageBody: string) {
  const CorrelationId = {DataType: 'String', StringValue: 'checkout-4711'};
  const message = {QueueUrl: service.output('OrderQueueUrl'), MessageBody, MessageAttributes: {CorrelationId}};
  await sqs.send(new SendMessageCommand(message));
}

/** The order's row, as soon as it is there. */
function saved(id: string) {
  const row = {TableName: service.output('OrderTableName'), Key: {id}, ConsistentRead: true};
  return service.until(
    async () => (await table.send(new GetCommand(row))).Item,
    item => item !== undefined,
  );
}
