import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onItems} from '../permissions.ts';
import {refuseItemCollectionMetrics} from '../refusals.ts';
import {attributes, condition, legacyCondition, returns} from '../shapes.ts';
import type {DynamodbStore} from '../store.ts';

export const deleteItem = operationOf<DynamodbStore>()({
  name: 'DeleteItem',
  input: structure({
    TableName: required(string),
    Key: required(attributes),
    ...condition,
    ...legacyCondition,
    ...returns,
  }),
  permissions: (input, context, store) => [onItems('DeleteItem', input, context, store, {keys: [input.Key]})],
  run(input, _context, store) {
    refuseItemCollectionMetrics(input);
    return store.write('deleteItem', input);
  },
});
