import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onTable} from '../permissions.ts';
import type {DynamodbStore} from '../store.ts';

/** All of them at once: a table has fifty tags at most. */
export const listTagsOfResource = operationOf<DynamodbStore>()({
  name: 'ListTagsOfResource',
  input: structure({ResourceArn: required(string)}),
  permissions: (input, context) => [onTable('ListTagsOfResource', input.ResourceArn, context)],
  run: (input, _context, store) => ({
    Tags: Object.entries(store.table(input.ResourceArn).tags).map(([Key, Value]) => ({Key, Value})),
  }),
});
