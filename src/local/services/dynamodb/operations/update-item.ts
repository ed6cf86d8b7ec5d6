import {operationOf} from '../../../operation.ts';
import {document, required, string, structure} from '../../../shape.ts';
import {onItems} from '../permissions.ts';
import {refuseItemCollectionMetrics} from '../refusals.ts';
import {attributes, condition, legacyCondition, returns} from '../shapes.ts';
import type {DynamodbStore} from '../store.ts';

export const updateItem = operationOf<DynamodbStore>()({
  name: 'UpdateItem',
  input: structure({
    TableName: required(string),
    Key: required(attributes),
    UpdateExpression: string,
    AttributeUpdates: document,
    ...condition,
    ...legacyCondition,
    ...returns,
  }),
  permissions: (input, context, store) => [onItems('UpdateItem', input, context, store, {keys: [input.Key]})],
  run(input, _context, store) {
    refuseItemCollectionMetrics(input);
    return store.write('updateItem', input);
  },
});
