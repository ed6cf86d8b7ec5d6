import {DynamoDBClient} from '@aws-sdk/client-dynamodb';
import {InvokeCommand, LambdaClient} from '@aws-sdk/client-lambda';
import {type Message, ReceiveMessageCommand, SQSClient} from '@aws-sdk/client-sqs';
import {DynamoDBDocumentClient, GetCommand} from '@aws-sdk/lib-dynamodb';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {deployLocally, type LocalService} from './local-service.ts';

let service: LocalService;

beforeAll(async () => {
  service = await deployLocally();
});
afterAll(() => service?.remove());

it('tries a run that fails three times, then puts it aside', async () => {
  const run = {FunctionName: service.output('JobFunctionName'), InvocationType: 'Event', Payload: '{}'} as const;
  await new LambdaClient(service.aws).send(new InvokeCommand(run));
  const sqs = new SQSClient(service.aws);
  const aside = await service.until(
    async (): Promise<Message[]> => {
      // In small steps, so that the event does not grow older than an hour while an attempt is at work.
      await service.forward('+5s');
      const queue = {QueueUrl: service.output('FailureQueueUrl')};
      return (await sqs.send(new ReceiveMessageCommand(queue))).Messages ?? [];
    },
    messages => messages.length > 0,
  );
  expect(JSON.parse(aside[0]?.Body ?? '')).toMatchObject({
    requestContext: {condition: 'RetriesExhausted', approximateInvokeCount: 3},
    responsePayload: {errorMessage: expect.stringContaining('The event has no scheduledTime')},
  });
});

it('runs when its hour comes, and remembers it', async () => {
  await service.forward('+1h');
  const table = DynamoDBDocumentClient.from(new DynamoDBClient(service.aws));
  const row = {TableName: service.output('RunTableName'), Key: {id: 'last-run'}, ConsistentRead: true};
  const run = await service.until(
    async () => (await table.send(new GetCommand(row))).Item,
    item => item !== undefined,
  );
  expect(run).toMatchObject({result: {minutes: 60}});
});

it('needs every permission that its roles grant, and no other', async () => {
  expect(await service.permissions()).toEqual({denied: [], unused: []});
});
