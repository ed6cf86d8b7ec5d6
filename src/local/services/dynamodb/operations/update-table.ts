import {operationOf} from '../../../operation.ts';
import {onTable} from '../permissions.ts';
import {updateTableInput} from '../shapes.ts';
import type {DynamodbStore} from '../store.ts';
import {updateTable as update} from '../update-table.ts';

export const updateTable = operationOf<DynamodbStore>()({
  name: 'UpdateTable',
  input: updateTableInput,
  permissions: (input, context) => [onTable('UpdateTable', input.TableName, context)],
  run: (input, _context, store) => update(input, store),
});
