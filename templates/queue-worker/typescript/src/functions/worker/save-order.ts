import {ConditionalCheckFailedException} from '@aws-sdk/client-dynamodb';
import {type DynamoDBDocumentClient, PutCommand} from '@aws-sdk/lib-dynamodb';
import type {Order} from './read-order.ts';

/** Saves an order once: the queue may deliver it twice, and the sender may send it twice. */
export async function saveOrder(
  table: {readonly client: DynamoDBDocumentClient; readonly name: string},
  order: Order,
  correlationId: string,
): Promise<'saved' | 'known'> {
  try {
    await table.client.send(
      new PutCommand({
        TableName: table.name,
        Item: {...order, correlationId, savedAt: new Date().toISOString()},
        ConditionExpression: 'attribute_not_exists(#id)',
        ExpressionAttributeNames: {'#id': 'id'},
      }),
    );
    return 'saved';
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return 'known';
    throw error;
  }
}
