import {operationOf} from '../../../operation.ts';
import {boolean, document, integer, list, map, required, string, structure} from '../../../shape.ts';
import {onItems} from '../permissions.ts';
import {attributes} from '../shapes.ts';
import type {DynamodbStore} from '../store.ts';

export const scan = operationOf<DynamodbStore>()({
  name: 'Scan',
  input: structure({
    TableName: required(string),
    IndexName: string,
    AttributesToGet: list(string),
    Limit: integer,
    Select: string,
    ScanFilter: document,
    ConditionalOperator: string,
    ExclusiveStartKey: attributes,
    ReturnConsumedCapacity: string,
    TotalSegments: integer,
    Segment: integer,
    ProjectionExpression: string,
    FilterExpression: string,
    ExpressionAttributeNames: map(string),
    ExpressionAttributeValues: attributes,
    ConsistentRead: boolean,
  }),
  permissions: (input, context, store) => [onItems('Scan', input, context, store, {select: true})],
  run: (input, _context, store) =>
    store.read((engine, tables) => engine.perform('scan', tables, engine.validate('scan', store.named(input)))),
});
