import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {openOrders, order} from './orders.ts';

let orders: Awaited<ReturnType<typeof openOrders>>;
beforeEach(async () => {
  orders = await openOrders();
});
afterEach(() => orders.bench.close());

const transact = (TransactItems: object[], more: object = {}) =>
  orders.bench.call('dynamodb', 'TransactWriteItems', {TransactItems, ...more});
const put = (number: number, more: object = {}) => ({Put: {TableName: 'orders', Item: order('ann', number), ...more}});
const isNew = {ConditionExpression: 'attribute_not_exists(customer)'};
const count = async () => (await orders.call('Scan', {Select: 'COUNT'})).Count;

describe('transactions', () => {
  it('writes all of the items', async () => {
    await orders.call('PutItem', {Item: order('ann', 9, {left: {N: '3'}})});
    await transact([
      put(1, isNew),
      put(2),
      {
        Update: {
          TableName: 'orders',
          Key: order('ann', 9),
          UpdateExpression: 'ADD #l :one',
          ExpressionAttributeNames: {'#l': 'left'},
          ExpressionAttributeValues: {':one': {N: '-1'}},
        },
      },
    ]);
    expect(await count()).toBe(3);
    const read = await orders.bench.call('dynamodb', 'TransactGetItems', {
      TransactItems: [9, 7].map(number => ({Get: {TableName: 'orders', Key: order('ann', number)}})),
    });
    expect(read).toEqual({Responses: [{Item: order('ann', 9, {left: {N: '2'}})}, {}]});
  });

  it('writes none of them when a condition fails, and says why item by item', async () => {
    await orders.call('PutItem', {Item: order('ann', 2)});
    const attempt = transact([
      put(1),
      put(2, {...isNew, ReturnValuesOnConditionCheckFailure: 'ALL_OLD'}),
      {ConditionCheck: {TableName: 'orders', Key: order('ann', 3), ConditionExpression: 'attribute_exists(customer)'}},
    ]);
    await expect(attempt).rejects.toMatchObject({
      code: 'TransactionCanceledException',
      message:
        'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed, ConditionalCheckFailed]',
      members: {
        CancellationReasons: [
          {Code: 'None'},
          {Code: 'ConditionalCheckFailed', Message: 'The conditional request failed', Item: order('ann', 2)},
          {Code: 'ConditionalCheckFailed', Message: 'The conditional request failed'},
        ],
      },
    });
    expect(await count()).toBe(1);
  });

  it('cancels with a validation error where an item does not fit its table', async () => {
    const attempt = transact([put(1), {Put: {TableName: 'orders', Item: {customer: {S: 'ann'}}}}]);
    await expect(attempt).rejects.toMatchObject({
      members: {CancellationReasons: [{Code: 'None'}, {Code: 'ValidationError'}]},
    });
    expect(await count()).toBe(0);
  });

  it('does nothing the second time a token comes, for ten minutes', async () => {
    const ClientRequestToken = 'token';
    await transact([put(1)], {ClientRequestToken});
    await orders.call('DeleteItem', {Key: order('ann', 1)});
    await transact([put(1)], {ClientRequestToken});
    expect(await count()).toBe(0);
    await expect(transact([put(2)], {ClientRequestToken})).rejects.toMatchObject({
      code: 'IdempotentParameterMismatchException',
    });
    await orders.clock.advance(10 * 60_000);
    await transact([put(1)], {ClientRequestToken});
    expect(await count()).toBe(1);
  });

  it.each([
    ['the same item twice', [put(1), put(1)], 'Transaction request cannot include multiple operations on one item'],
    ['nothing', [{}], 'TransactItems can only contain one of Check, Put, Update or Delete'],
    ['too much', Array.from({length: 101}, (_, number) => put(number)), /less than or equal to 100/],
  ])('refuses %s', async (_what, items, message) => {
    await expect(transact(items)).rejects.toMatchObject({
      code: 'ValidationException',
      message: expect.stringMatching(message),
    });
    expect(await count()).toBe(0);
  });

  it('keeps every counter right under many at once', async () => {
    const move = () => ({
      Update: {
        TableName: 'orders',
        Key: order('ann', 1),
        UpdateExpression: 'ADD moved :one',
        ConditionExpression: 'attribute_not_exists(moved) OR moved < :most',
        ExpressionAttributeValues: {':one': {N: '1'}, ':most': {N: '20'}},
      },
    });
    const results = await Promise.allSettled(
      Array.from({length: 50}, (_, number) => transact([move(), put(100 + number)])),
    );
    expect(results.filter(({status}) => status === 'fulfilled')).toHaveLength(20);
    expect(await count()).toBe(21);
  });
});
