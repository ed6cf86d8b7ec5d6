import {type DynamoDBDocumentClient, GetCommand, PutCommand} from '@aws-sdk/lib-dynamodb';
import type {Order} from './read-order.ts';

export interface Table {
  readonly client: DynamoDBDocumentClient;
  readonly name: string;
}

export async function getOrder(table: Table, id: string): Promise<Order | undefined> {
  const {Item} = await table.client.send(new GetCommand({TableName: table.name, Key: {id}, ConsistentRead: true}));
  return Item === undefined ? undefined : {id, customer: Item.customer, lines: Item.lines};
}

export async function putOrder(table: Table, order: Order, correlationId: string): Promise<'created' | 'replaced'> {
  const {Attributes} = await table.client.send(
    new PutCommand({
      TableName: table.name,
      Item: {...order, correlationId, savedAt: new Date().toISOString()},
      ReturnValues: 'ALL_OLD',
    }),
  );
  return Attributes === undefined ? 'created' : 'replaced';
}
