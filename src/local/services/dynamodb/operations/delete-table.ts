import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {required, string, structure} from '../../../shape.ts';
import {describeTable} from '../describe-table.ts';
import {onTable} from '../permissions.ts';
import type {DynamodbStore} from '../store.ts';

export const deleteTable = operationOf<DynamodbStore>()({
  name: 'DeleteTable',
  input: structure({TableName: required(string)}),
  permissions: (input, context) => [onTable('DeleteTable', input.TableName, context)],
  run(input, _context, store) {
    const table = store.table(input.TableName);
    if (table.description.DeletionProtectionEnabled)
      throw new ServiceError(
        'ValidationException',
        'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
      );
    const TableDescription = {...describeTable(table, store), TableStatus: 'DELETING'};
    // The description first: items without one are dropped at the next start.
    store.tables.delete(table.description.TableName);
    store.dropItems(table);
    const {LatestStreamArn} = table.description;
    if (LatestStreamArn !== undefined) store.streams.disable(LatestStreamArn);
    return {TableDescription};
  },
});
