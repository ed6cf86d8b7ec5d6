import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {describeTable as describe} from '../describe-table.ts';
import {onTable} from '../permissions.ts';
import type {DynamodbStore} from '../store.ts';

export const describeTable = operationOf<DynamodbStore>()({
  name: 'DescribeTable',
  input: structure({TableName: required(string)}),
  permissions: (input, context) => [onTable('DescribeTable', input.TableName, context)],
  run: (input, _context, store) => ({Table: describe(store.table(input.TableName), store)}),
});
