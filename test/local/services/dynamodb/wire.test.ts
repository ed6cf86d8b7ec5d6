import {IdempotencyConfig, makeIdempotent} from '@aws-lambda-powertools/idempotency';
import {DynamoDBPersistenceLayer} from '@aws-lambda-powertools/idempotency/dynamodb';
import {
  ConditionalCheckFailedException,
  CreateTableCommand,
  DynamoDBClient,
  ResourceNotFoundException,
  TransactionCanceledException,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  paginateScan,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type {Context} from 'aws-lambda';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {type Bench, openBench} from '../../harness.ts';
import {type EchoCloud, startEchoCloud} from '../../wire/echo-cloud.ts';
import {ordersTable, startDynamodb} from './orders.ts';

let bench: Bench;
let cloud: EchoCloud;
let client: DynamoDBClient;
let documents: DynamoDBDocumentClient;
beforeAll(async () => {
  bench = openBench();
  cloud = await startEchoCloud([startDynamodb(bench)]);
  client = new DynamoDBClient(cloud.client);
  documents = DynamoDBDocumentClient.from(client);
  // SDK enums are narrower than the literals of a plain object.
  await client.send(new CreateTableCommand(ordersTable as ConstructorParameters<typeof CreateTableCommand>[0]));
  await waitUntilTableExists({client, maxWaitTime: 30}, {TableName: 'orders'});
});
afterAll(async () => {
  client.destroy();
  await cloud.close();
  await bench.close();
});

describe('DynamoDB through the SDK', () => {
  it('keeps every kind of value', async () => {
    const Item = {
      customer: 'ann',
      number: 1,
      bytes: new Uint8Array([0, 255, 7]),
      nothing: null,
      yes: true,
      list: [1, 'two', {three: 3}],
      names: new Set(['a', 'b']),
      empty: '',
    };
    await documents.send(new PutCommand({TableName: 'orders', Item}));
    const {Item: read} = await documents.send(new GetCommand({TableName: 'orders', Key: {customer: 'ann', number: 1}}));
    expect(read).toEqual(Item);
  });

  it('throws the errors that the client knows, with their items', async () => {
    const Key = {customer: 'bob', number: 1};
    await documents.send(new PutCommand({TableName: 'orders', Item: {...Key, state: 'PAID'}}));
    const taken = new PutCommand({
      TableName: 'orders',
      Item: Key,
      ConditionExpression: 'attribute_not_exists(customer)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    const failure = await documents.send(taken).catch(error => error);
    expect(failure).toBeInstanceOf(ConditionalCheckFailedException);
    expect(failure).toMatchObject({Item: {state: {S: 'PAID'}}, $metadata: {httpStatusCode: 400}});
    const missing = documents.send(new GetCommand({TableName: 'nothing', Key}));
    await expect(missing).rejects.toBeInstanceOf(ResourceNotFoundException);
    const badExpression = documents.send(new UpdateCommand({TableName: 'orders', Key, UpdateExpression: 'SET'}));
    await expect(badExpression).rejects.toMatchObject({name: 'ValidationException'});
    const cancelled = await documents
      .send(new TransactWriteCommand({TransactItems: [{Put: taken.input as {TableName: string; Item: object}}]}))
      .catch(error => error);
    expect(cancelled).toBeInstanceOf(TransactionCanceledException);
    expect(cancelled.CancellationReasons).toMatchObject([{Code: 'ConditionalCheckFailed', Item: {state: {S: 'PAID'}}}]);
  });

  it('refuses by name what it has not', async () => {
    const warm = new CreateTableCommand({
      ...(ordersTable as ConstructorParameters<typeof CreateTableCommand>[0]),
      TableName: 'warm',
      WarmThroughput: {ReadUnitsPerSecond: 12_000},
    });
    await expect(client.send(warm)).rejects.toThrow(/WarmThroughput/);
  });

  it('scans page by page', async () => {
    const pages = paginateScan({client: documents, pageSize: 1}, {TableName: 'orders'});
    const customers: string[] = [];
    for await (const page of pages) customers.push(...(page.Items ?? []).map(item => item.customer as string));
    expect(customers.sort()).toEqual(['ann', 'bob']);
  });

  it('serves the idempotency of Powertools', async () => {
    await client.send(
      new CreateTableCommand({
        TableName: 'idempotency',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{AttributeName: 'id', AttributeType: 'S'}],
        KeySchema: [{AttributeName: 'id', KeyType: 'HASH'}],
      }),
    );
    let runs = 0;
    const config = new IdempotencyConfig({eventKeyJmesPath: 'key', throwOnNoIdempotencyKey: true});
    config.registerLambdaContext({getRemainingTimeInMillis: () => 1000} as Context);
    const persistenceStore = new DynamoDBPersistenceLayer({tableName: 'idempotency', awsSdkV3Client: client});
    const store = makeIdempotent(async (order: {key: string}) => ({stored: order.key, run: ++runs}), {
      persistenceStore,
      config,
    });
    expect(await store({key: 'a'})).toEqual({stored: 'a', run: 1});
    cloud.calls.length = 0;
    expect(await store({key: 'a'})).toEqual({stored: 'a', run: 1});
    // The failed put brings the record along: nobody has to read it.
    expect(cloud.calls.map(({operation}) => operation)).toEqual(['PutItem']);
    expect(cloud.bugs).toEqual([]);
  });
});
