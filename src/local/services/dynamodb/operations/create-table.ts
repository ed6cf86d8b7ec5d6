import {operationOf} from '../../../operation.ts';
import {createTable as create} from '../create-table.ts';
import {onTable} from '../permissions.ts';
import {createTableInput} from '../shapes.ts';
import type {DynamodbStore} from '../store.ts';

export const createTable = operationOf<DynamodbStore>()({
  name: 'CreateTable',
  input: createTableInput,
  permissions: (input, context) => [
    onTable('CreateTable', input.TableName, context),
    ...(input.Tags?.length ? [onTable('TagResource', input.TableName, context)] : []),
  ],
  run: (input, _context, store) => create(input, store),
});
