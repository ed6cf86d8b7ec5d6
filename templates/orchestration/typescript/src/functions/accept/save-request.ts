import {ConditionalCheckFailedException} from '@aws-sdk/client-dynamodb';
import {type DynamoDBDocumentClient, PutCommand} from '@aws-sdk/lib-dynamodb';
import type {Envelope} from '../../lib/envelope.ts';
import type {RequestRow, RequestStatus} from '../../lib/request-row.ts';

/** What a repetition has to know of the first time. */
export type SavedRequest = Pick<RequestRow, 'status' | 'fingerprint'>;

/** Saves a request once. DynamoDB returns the row in the way with the failed condition, so it need not be read. */
export async function saveRequest(
  table: {readonly client: DynamoDBDocumentClient; readonly name: string},
  row: RequestRow & {readonly envelope?: Envelope},
): Promise<SavedRequest | undefined> {
  try {
    await table.client.send(
      new PutCommand({
        TableName: table.name,
        Item: row,
        ConditionExpression: 'attribute_not_exists(requestId)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return undefined;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException) || error.Item === undefined) throw error;
    return {status: error.Item.status?.S as RequestStatus, fingerprint: error.Item.fingerprint?.S ?? ''};
  }
}
