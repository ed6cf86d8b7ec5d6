import {operationOf} from '../../../operation.ts';
import {boolean, list, map, required, string, structure} from '../../../shape.ts';
import {onItems} from '../permissions.ts';
import {attributes} from '../shapes.ts';
import type {DynamodbStore} from '../store.ts';

export const getItem = operationOf<DynamodbStore>()({
  name: 'GetItem',
  input: structure({
    TableName: required(string),
    Key: required(attributes),
    AttributesToGet: list(string),
    /** Every read here is consistent. */
    ConsistentRead: boolean,
    ReturnConsumedCapacity: string,
    ProjectionExpression: string,
    ExpressionAttributeNames: map(string),
  }),
  permissions: (input, context, store) => [
    onItems('GetItem', input, context, store, {keys: [input.Key], select: true}),
  ],
  run: (input, _context, store) =>
    store.read((engine, tables) =>
      engine.performNow('getItem', tables, engine.validate('getItem', store.named(input))),
    ),
});
