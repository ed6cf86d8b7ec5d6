import {operationOf} from '../../../operation.ts';
import {boolean, list, map, required, string, structure} from '../../../shape.ts';
import {byTableName} from '../batch.ts';
import {onItems} from '../permissions.ts';
import {attributes} from '../shapes.ts';
import type {DynamodbStore} from '../store.ts';

const keysAndAttributes = structure({
  Keys: required(list(attributes)),
  AttributesToGet: list(string),
  ConsistentRead: boolean,
  ProjectionExpression: string,
  ExpressionAttributeNames: map(string),
});

export const batchGetItem = operationOf<DynamodbStore>()({
  name: 'BatchGetItem',
  input: structure({RequestItems: required(map(keysAndAttributes)), ReturnConsumedCapacity: string}),
  permissions: (input, context, store) =>
    Object.entries(input.RequestItems).map(([TableName, request]) =>
      onItems('BatchGetItem', {TableName, ...request}, context, store, {keys: request.Keys, select: true}),
    ),
  async run(input, _context, store) {
    const {requests, restore} = byTableName(input.RequestItems, store);
    const output = await store.read((engine, tables) =>
      engine.performNow('batchGetItem', tables, engine.validate('batchGetItem', {...input, RequestItems: requests})),
    );
    return {...output, Responses: restore(output.Responses), UnprocessedKeys: restore(output.UnprocessedKeys)};
  },
});
