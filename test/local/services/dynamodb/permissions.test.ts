import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {openOrders, order} from './orders.ts';

let orders: Awaited<ReturnType<typeof openOrders>>;
beforeEach(async () => {
  orders = await openOrders();
});
afterEach(() => orders.bench.close());

const table = 'arn:aws:dynamodb:us-east-1:000000000000:table/orders';

function permissionsOf(operation: string, input: object) {
  const service = orders.bench.services.get('dynamodb')!;
  const found = service.operations.find(({name}) => name === operation)!;
  return found.permissions(input, orders.bench.context(), service.store);
}

describe('permissions', () => {
  it.each([
    ['PutItem', {TableName: 'orders', Item: order('ann', 1)}, ['dynamodb:PutItem', table, ['ann']]],
    ['GetItem', {TableName: table, Key: order('ann', 1)}, ['dynamodb:GetItem', table, ['ann']]],
    [
      'Query',
      {
        TableName: 'orders',
        KeyConditionExpression: '#c = :c AND #n > :n',
        ExpressionAttributeNames: {'#c': 'customer', '#n': 'number'},
        ExpressionAttributeValues: {':c': {S: 'ann'}, ':n': {N: '1'}},
      },
      ['dynamodb:Query', table, ['ann']],
    ],
    [
      'Query',
      {
        TableName: 'orders',
        IndexName: 'by-state',
        KeyConditionExpression: ':s = #s',
        ExpressionAttributeNames: {'#s': 'state'},
        ExpressionAttributeValues: {':s': {S: 'PAID'}},
      },
      ['dynamodb:Query', `${table}/index/by-state`, ['PAID']],
    ],
    ['Scan', {TableName: 'orders'}, ['dynamodb:Scan', table, undefined]],
    [
      'BatchWriteItem',
      {RequestItems: {orders: [{PutRequest: {Item: order('ann', 1)}}, {DeleteRequest: {Key: order('bob', 2)}}]}},
      ['dynamodb:BatchWriteItem', table, ['ann', 'bob']],
    ],
    [
      'TransactWriteItems',
      {
        TransactItems: [
          {ConditionCheck: {TableName: 'orders', Key: order('ann', 1), ConditionExpression: 'attribute_exists(x)'}},
        ],
      },
      ['dynamodb:ConditionCheckItem', table, ['ann']],
    ],
    ['ListTables', {}, ['dynamodb:ListTables', '*', undefined]],
  ])('%s asks for the action on the resource, with the leading keys', (operation, input, [action, resource, keys]) => {
    const [request] = permissionsOf(operation, input);
    expect([request?.action, request?.resource, request?.context?.['dynamodb:LeadingKeys']]).toEqual([
      action,
      resource,
      keys,
    ]);
  });

  it('names the attributes that a request touches', () => {
    const [request] = permissionsOf('UpdateItem', {
      TableName: 'orders',
      Key: order('ann', 1),
      UpdateExpression: 'SET #s = if_not_exists(address.street, :v), lines[0] = :v REMOVE note',
      ConditionExpression: 'attribute_exists(customer) AND total IN (:v)',
      ExpressionAttributeNames: {'#s': 'state'},
    });
    expect(new Set(request?.context?.['dynamodb:Attributes'])).toEqual(
      new Set(['customer', 'number', 'state', 'address', 'lines', 'note', 'total']),
    );
  });
});
