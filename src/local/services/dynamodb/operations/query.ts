import {operationOf} from '../../../operation.ts';
import {boolean, document, integer, list, map, required, string, structure} from '../../../shape.ts';
import {hashKeyCondition} from '../attributes.ts';
import {keyValue, onItems} from '../permissions.ts';
import {attributes} from '../shapes.ts';
import type {DynamodbStore} from '../store.ts';
import {tableNameOf} from '../table-name.ts';

export const query = operationOf<DynamodbStore>()({
  name: 'Query',
  input: structure({
    TableName: required(string),
    IndexName: string,
    Select: string,
    AttributesToGet: list(string),
    Limit: integer,
    ConsistentRead: boolean,
    KeyConditions: document,
    QueryFilter: document,
    ConditionalOperator: string,
    ScanIndexForward: boolean,
    ExclusiveStartKey: attributes,
    ReturnConsumedCapacity: string,
    ProjectionExpression: string,
    FilterExpression: string,
    KeyConditionExpression: string,
    ExpressionAttributeNames: map(string),
    ExpressionAttributeValues: attributes,
  }),
  permissions(input, context, store) {
    const description = store.tables.get(tableNameOf(input.TableName))?.description;
    const index = [...(description?.GlobalSecondaryIndexes ?? []), ...(description?.LocalSecondaryIndexes ?? [])].find(
      candidate => candidate.IndexName === input.IndexName,
    );
    const hashKey = (index ?? description)?.KeySchema[0]?.AttributeName;
    const value = hashKey === undefined ? undefined : hashKeyCondition(input, hashKey);
    const leadingKeys = value === undefined ? [] : keyValue({value}, 'value');
    return [onItems('Query', input, context, store, {leadingKeys, select: true})];
  },
  run: (input, _context, store) =>
    store.read((engine, tables) => engine.perform('query', tables, engine.validate('query', store.named(input)))),
});
