import {operationOf} from '../../../operation.ts';
import {list, required, string, structure} from '../../../shape.ts';
import {onTable} from '../permissions.ts';
import type {DynamodbStore} from '../store.ts';

export const untagResource = operationOf<DynamodbStore>()({
  name: 'UntagResource',
  input: structure({ResourceArn: required(string), TagKeys: required(list(string))}),
  permissions: (input, context) => [onTable('UntagResource', input.ResourceArn, context)],
  run({ResourceArn, TagKeys}, _context, store) {
    const table = store.table(ResourceArn);
    const tags = Object.fromEntries(Object.entries(table.tags).filter(([key]) => !TagKeys.includes(key)));
    store.tables.set(table.description.TableName, {...table, tags});
    return {};
  },
});
