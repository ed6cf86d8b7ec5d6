import {operationOf} from '../../../operation.ts';
import {integer, string, structure} from '../../../shape.ts';
import type {DynamodbStore} from '../store.ts';

export const listTables = operationOf<DynamodbStore>()({
  name: 'ListTables',
  input: structure({ExclusiveStartTableName: string, Limit: integer}),
  permissions: () => [{action: 'dynamodb:ListTables', resource: '*'}],
  run({ExclusiveStartTableName: start = '', Limit: limit = 100}, _context, store) {
    const names = [...store.tables.keys()].filter(name => name > start).sort();
    const page = names.slice(0, limit);
    return {TableNames: page, LastEvaluatedTableName: names.length > limit ? page.at(-1) : undefined};
  },
});
