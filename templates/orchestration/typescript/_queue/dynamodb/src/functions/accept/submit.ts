import {DynamoDBClient} from '@aws-sdk/client-dynamodb';
import {DynamoDBDocumentClient} from '@aws-sdk/lib-dynamodb';
import {required} from '../../lib/environment.ts';
import type {Acceptance} from './accept-request.ts';
import {saveRequest} from './save-request.ts';

/** The row is the message: what is saved is in the queue, and cannot be in one of the two alone. */
export function connectQueue(): Acceptance['submit'] {
  const table = {client: DynamoDBDocumentClient.from(new DynamoDBClient()), name: required('TABLE_NAME')};
  return (row, envelope) => saveRequest(table, {...row, envelope});
}
