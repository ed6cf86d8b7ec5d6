import {ConditionalCheckFailedException} from '@aws-sdk/client-dynamodb';
import {type DynamoDBDocumentClient, PutCommand} from '@aws-sdk/lib-dynamodb';
import {metadataKey} from '../../lib/object-table.ts';
import {comparableSequencer, type StoredObject} from '../../lib/s3-notification.ts';
import type {Content} from './content/describe-content.ts';

/**
 * Saves what is known of an object, unless this version of it or a newer one is saved already: notifications may come
 * twice and in any order.
 */
export async function saveMetadata(
  table: {readonly client: DynamoDBDocumentClient; readonly name: string},
  object: StoredObject,
  content: Content & {readonly declaredType: string | undefined},
): Promise<'saved' | 'superseded'> {
  const sequencer = comparableSequencer(object.sequencer);
  try {
    await table.client.send(
      new PutCommand({
        TableName: table.name,
        Item: {
          ...metadataKey(object),
          bucket: object.bucket,
          key: object.key,
          etag: object.etag,
          sequencer,
          ...content,
          ingestedAt: new Date().toISOString(),
        },
        ConditionExpression: 'attribute_not_exists(#object) OR #sequencer < :sequencer',
        ExpressionAttributeNames: {'#object': 'object', '#sequencer': 'sequencer'},
        ExpressionAttributeValues: {':sequencer': sequencer},
      }),
    );
    return 'saved';
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return 'superseded';
    throw error;
  }
}
