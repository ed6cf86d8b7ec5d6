import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {tagList} from '../../../tag-list.ts';
import {onTable} from '../permissions.ts';
import type {DynamodbStore} from '../store.ts';

export const tagResource = operationOf<DynamodbStore>()({
  name: 'TagResource',
  input: structure({ResourceArn: required(string), Tags: required(tagList)}),
  permissions: (input, context) => [onTable('TagResource', input.ResourceArn, context)],
  run({ResourceArn, Tags}, _context, store) {
    const table = store.table(ResourceArn);
    const added = Object.fromEntries(Tags.map(tag => [tag.Key, tag.Value]));
    store.tables.set(table.description.TableName, {...table, tags: {...table.tags, ...added}});
    return {};
  },
});
