import {ConditionalCheckFailedException} from '@aws-sdk/client-dynamodb';
import {type DynamoDBDocumentClient, PutCommand, UpdateCommand} from '@aws-sdk/lib-dynamodb';
import type {Cause} from './failure.ts';
import type {RequestRow} from './request-row.ts';

/** A request that nobody tries any more, with everything that is needed to find out why and to try it again. */
export interface QuarantineRecord {
  readonly recordId: string;
  readonly requestId?: string;
  readonly correlationId?: string;
  readonly cause: Cause;
  readonly attempts: number;
  /** As it was in the queue. */
  readonly record: unknown;
  readonly quarantinedAt: string;
}

/** Written once for each time that it was given up: what tells of it may come twice. */
export async function saveQuarantineRecord(
  table: {readonly client: DynamoDBDocumentClient; readonly name: string},
  record: QuarantineRecord,
): Promise<void> {
  try {
    await table.client.send(
      new PutCommand({
        TableName: table.name,
        Item: record,
        ConditionExpression: 'attribute_not_exists(recordId) OR attempts < :attempts',
        ExpressionAttributeValues: {':attempts': record.attempts},
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}

/** The failed row; `undefined` when the request came to another end after all, or is gone. */
export async function failRequest(
  table: {readonly client: DynamoDBDocumentClient; readonly name: string},
  requestId: string,
  {retentionSeconds}: {readonly retentionSeconds: number},
): Promise<(RequestRow & {readonly cause: Cause}) | undefined> {
  const now = Date.now();
  try {
    const {Attributes} = await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: {requestId},
        // The last attempt left its cause; one that was cut off could not.
        UpdateExpression:
          'SET #status = :failed, #cause = if_not_exists(#cause, :unfinished), #expiresAt = :expiresAt, #updatedAt = :now',
        ConditionExpression: '#status IN (:pending, :processing, :failed)',
        ExpressionAttributeNames: {
          '#status': 'status',
          '#cause': 'cause',
          '#expiresAt': 'expiresAt',
          '#updatedAt': 'updatedAt',
        },
        ExpressionAttributeValues: {
          ':pending': 'PENDING',
          ':processing': 'PROCESSING',
          ':failed': 'FAILED',
          ':unfinished': unfinished,
          ':expiresAt': Math.floor(now / 1000) + retentionSeconds,
          ':now': new Date(now).toISOString(),
        },
        ReturnValues: 'ALL_NEW',
      }),
    );
    return Attributes as RequestRow & {readonly cause: Cause};
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}

const unfinished: Cause = {
  name: 'Unfinished',
  message: 'process took the request up several times and never finished it: it crashed, or ran out of memory or time',
};
