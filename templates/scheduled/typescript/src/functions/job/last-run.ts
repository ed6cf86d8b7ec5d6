import {ConditionalCheckFailedException} from '@aws-sdk/client-dynamodb';
import {type DynamoDBDocumentClient, GetCommand, PutCommand} from '@aws-sdk/lib-dynamodb';
import type {Window} from './work.ts';

export interface Table {
  readonly client: DynamoDBDocumentClient;
  readonly name: string;
}

/** Up to when the work is done; undefined before the first run. */
export async function readLastRun(table: Table): Promise<string | undefined> {
  const {Item} = await table.client.send(new GetCommand({TableName: table.name, Key: {id}, ConsistentRead: true}));
  return Item?.scheduledTime;
}

export interface FinishedRun extends Window {
  readonly correlationId: string;
  readonly result: object;
}

/** A run that took longer than the next one must not put the time back. */
export async function saveRun(
  table: Table,
  {from, to, correlationId, result}: FinishedRun,
): Promise<'saved' | 'overtaken'> {
  try {
    await table.client.send(
      new PutCommand({
        TableName: table.name,
        Item: {id, from, scheduledTime: to, finishedAt: new Date().toISOString(), correlationId, result},
        ConditionExpression: 'attribute_not_exists(#id) OR #time < :time',
        ExpressionAttributeNames: {'#id': 'id', '#time': 'scheduledTime'},
        ExpressionAttributeValues: {':time': to},
      }),
    );
    return 'saved';
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return 'overtaken';
    throw error;
  }
}

const id = 'last-run';
