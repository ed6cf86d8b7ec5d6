import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {openOrders, order, ordersTable, startDynamodb} from './orders.ts';

let orders: Awaited<ReturnType<typeof openOrders>>;
beforeEach(async () => {
  orders = await openOrders();
});
afterEach(() => orders.bench.close());

const arn = 'arn:aws:dynamodb:us-east-1:000000000000:table/orders';

describe('tables', () => {
  it('describes what was created, with counts of this moment', async () => {
    await orders.call('PutItem', {Item: order('ann', 1, {state: {S: 'PAID'}})});
    expect(await orders.call('DescribeTable')).toMatchObject({
      Table: {
        TableArn: arn,
        TableStatus: 'ACTIVE',
        BillingModeSummary: {BillingMode: 'PAY_PER_REQUEST'},
        ItemCount: 1,
        DeletionProtectionEnabled: false,
        GlobalSecondaryIndexes: [{IndexArn: `${arn}/index/by-state`, IndexStatus: 'ACTIVE', ItemCount: 1}],
      },
    });
  });

  it('refuses a second table of the name', async () => {
    await expect(orders.bench.call('dynamodb', 'CreateTable', ordersTable)).rejects.toMatchObject({
      code: 'ResourceInUseException',
      message: 'Table already exists: orders',
    });
  });

  it('leaves nothing of a deleted table to a new one of its name', async () => {
    await orders.call('PutItem', {Item: order('ann', 1)});
    await orders.call('DeleteTable');
    await expect(orders.call('DescribeTable')).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      message: 'Requested resource not found: Table: orders not found',
    });
    await orders.bench.call('dynamodb', 'CreateTable', ordersTable);
    expect(await orders.call('Scan')).toMatchObject({Count: 0});
  });

  it('holds to deletion protection until it is taken off', async () => {
    await orders.call('UpdateTable', {DeletionProtectionEnabled: true});
    await expect(orders.call('DeleteTable')).rejects.toMatchObject({code: 'ValidationException'});
    await orders.call('UpdateTable', {DeletionProtectionEnabled: false});
    await orders.call('DeleteTable');
  });

  it('fills an index that is added later, and drops one that is removed', async () => {
    const {call} = orders;
    await call('PutItem', {Item: order('ann', 1, {city: {S: 'Oslo'}})});
    await call('UpdateTable', {
      AttributeDefinitions: [{AttributeName: 'city', AttributeType: 'S'}],
      GlobalSecondaryIndexUpdates: [
        {
          Create: {
            IndexName: 'by-city',
            KeySchema: [{AttributeName: 'city', KeyType: 'HASH'}],
            Projection: {ProjectionType: 'ALL'},
          },
        },
      ],
    });
    expect(await call('Scan', {IndexName: 'by-city'})).toMatchObject({Count: 1});
    await call('PutItem', {Item: order('bob', 1, {city: {S: 'Rome'}})});
    expect(await call('Scan', {IndexName: 'by-city'})).toMatchObject({Count: 2});
    await call('UpdateTable', {GlobalSecondaryIndexUpdates: [{Delete: {IndexName: 'by-city'}}]});
    await expect(call('Scan', {IndexName: 'by-city'})).rejects.toMatchObject({code: 'ValidationException'});
  });

  it('changes the billing mode', async () => {
    const {call} = orders;
    await call('UpdateTable', {
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 2},
    });
    expect(await call('DescribeTable')).toMatchObject({
      Table: {BillingModeSummary: {BillingMode: 'PROVISIONED'}, ProvisionedThroughput: {ReadCapacityUnits: 5}},
    });
  });

  it('describes encryption with the managed key, and refuses a key of one’s own', async () => {
    await orders.call('UpdateTable', {SSESpecification: {Enabled: true, SSEType: 'KMS'}});
    expect(await orders.call('DescribeTable')).toMatchObject({
      Table: {SSEDescription: {Status: 'ENABLED', SSEType: 'KMS'}},
    });
    const own = {Enabled: true, SSEType: 'KMS', KMSMasterKeyId: 'alias/own'};
    await expect(orders.call('UpdateTable', {SSESpecification: own})).rejects.toMatchObject({code: 'NotImplemented'});
  });

  it('lists tables in order, page by page', async () => {
    for (const TableName of ['carts', 'users'])
      await orders.bench.call('dynamodb', 'CreateTable', {...ordersTable, TableName});
    expect(await orders.call('ListTables', {Limit: 2})).toEqual({
      TableNames: ['carts', 'orders'],
      LastEvaluatedTableName: 'orders',
    });
    expect(await orders.call('ListTables', {ExclusiveStartTableName: 'orders'})).toEqual({TableNames: ['users']});
  });

  it('keeps tags', async () => {
    const tag = (operation: string, input: object) =>
      orders.bench.call('dynamodb', operation, {ResourceArn: arn, ...input});
    await tag('TagResource', {
      Tags: [
        {Key: 'team', Value: 'shop'},
        {Key: 'stage', Value: 'dev'},
      ],
    });
    await tag('UntagResource', {TagKeys: ['stage']});
    expect(await tag('ListTagsOfResource', {})).toEqual({Tags: [{Key: 'team', Value: 'shop'}]});
  });

  it('keeps point-in-time recovery as a setting', async () => {
    const {call} = orders;
    const status = async () =>
      (
        await call<{ContinuousBackupsDescription: {PointInTimeRecoveryDescription: object}}>(
          'DescribeContinuousBackups',
        )
      ).ContinuousBackupsDescription.PointInTimeRecoveryDescription;
    expect(await status()).toEqual({PointInTimeRecoveryStatus: 'DISABLED'});
    await call('UpdateContinuousBackups', {PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}});
    expect(await status()).toMatchObject({PointInTimeRecoveryStatus: 'ENABLED', RecoveryPeriodInDays: 35});
  });

  it('deletes an item once its time to live is over, also after a restart, and its index entry with it', async () => {
    const {call, clock, bench} = orders;
    await call('UpdateTimeToLive', {TimeToLiveSpecification: {Enabled: true, AttributeName: 'expiresAt'}});
    expect(await call('DescribeTimeToLive')).toEqual({
      TimeToLiveDescription: {TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt'},
    });
    const inAnHour = {expiresAt: {N: String(clock.now() / 1000 + 3600)}, state: {S: 'PAID'}};
    await call('PutItem', {Item: order('ann', 1, inAnHour)});
    await call('PutItem', {Item: order('ann', 2)});
    bench.services.get('dynamodb')?.close?.();
    startDynamodb(bench);
    await clock.advance(3_590_000);
    expect(await call('Scan')).toMatchObject({Count: 2});
    await clock.advance(120_000);
    await expect.poll(() => call('Scan')).toMatchObject({Items: [order('ann', 2)]});
    expect(await call('Scan', {IndexName: 'by-state'})).toMatchObject({Count: 0});
  });
});
