import {GearError} from '../errors.ts';
import type {AwsClients} from './clients.ts';
import {describeAwsError} from './describe-aws-error.ts';

export type Item = Readonly<Record<string, unknown>>;

/** Every item of a table as plain values, in the order of a scan. For tables a person can read, not for large ones. */
export async function readItems(clients: AwsClients, table: string): Promise<readonly Item[]> {
  const {DynamoDBDocument} = await import('@aws-sdk/lib-dynamodb');
  try {
    const documents = DynamoDBDocument.from(await clients.dynamodb());
    const items: Item[] = [];
    for (let start: Record<string, unknown> | undefined; ; ) {
      const {Items = [], LastEvaluatedKey} = await documents.scan({TableName: table, ExclusiveStartKey: start});
      items.push(...Items);
      if (LastEvaluatedKey === undefined) return items;
      start = LastEvaluatedKey;
    }
  } catch (error) {
    if ((error as Error).name === 'ResourceNotFoundException') throw await unknownTable(clients, table, error);
    throw describeAwsError(error, `read the table ${table}`);
  }
}

/** Names of tables end in what CloudFormation made up: nobody knows them by heart. */
async function unknownTable(clients: AwsClients, table: string, cause: unknown): Promise<GearError> {
  const {TableNames = []} = await (await clients.dynamodb()).listTables({Limit: 5});
  return new GearError(`There is no table ${table}`, {code: 'NO_TABLE', suggestions: TableNames, cause});
}
