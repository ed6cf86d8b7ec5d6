import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onItems} from '../permissions.ts';
import {refuseItemCollectionMetrics} from '../refusals.ts';
import {attributes, condition, legacyCondition, returns} from '../shapes.ts';
import type {DynamodbStore} from '../store.ts';

export const putItem = operationOf<DynamodbStore>()({
  name: 'PutItem',
  input: structure({
    TableName: required(string),
    Item: required(attributes),
    ...condition,
    ...legacyCondition,
    ...returns,
  }),
  permissions: (input, context, store) => [onItems('PutItem', input, context, store, {keys: [input.Item]})],
  run(input, _context, store) {
    refuseItemCollectionMetrics(input);
    return store.write('putItem', input);
  },
});
