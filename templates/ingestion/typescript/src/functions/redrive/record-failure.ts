import {ConditionalCheckFailedException} from '@aws-sdk/client-dynamodb';
import {type DynamoDBDocumentClient, PutCommand} from '@aws-sdk/lib-dynamodb';
import type {Failure} from '../../lib/failure.ts';
import {failureKey} from '../../lib/object-table.ts';
import type {StoredObject} from '../../lib/s3-notification.ts';

export interface FailureRecord {
  readonly object: StoredObject;
  readonly cause: Failure;
  readonly attempts: number;
  readonly firstFailedAt: string;
  readonly messageId: string;
}

/** Writes the failure of one version of an object, once: the message may come twice. */
export async function recordFailure(
  table: {readonly client: DynamoDBDocumentClient; readonly name: string},
  {object, cause, attempts, firstFailedAt, messageId}: FailureRecord,
): Promise<void> {
  const {bucket, key, size, etag} = object;
  try {
    await table.client.send(
      new PutCommand({
        TableName: table.name,
        Item: {
          ...failureKey(object),
          payload: {bucket, key, size, etag},
          cause,
          attempts,
          firstFailedAt,
          recordedAt: new Date().toISOString(),
          messageId,
        },
        ConditionExpression: 'attribute_not_exists(#object)',
        ExpressionAttributeNames: {'#object': 'object'},
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
