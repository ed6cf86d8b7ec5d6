import {ConditionalCheckFailedException} from '@aws-sdk/client-dynamodb';
import {type DynamoDBDocumentClient, PutCommand} from '@aws-sdk/lib-dynamodb';
import type {PlacedOrder} from './read-order.ts';

/** Saves the shipment of an order once: a record may come twice, and an order may be written again while it is placed. */
export async function saveShipment(
  table: {readonly client: DynamoDBDocumentClient; readonly name: string},
  order: PlacedOrder,
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
