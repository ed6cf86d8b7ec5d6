import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {describeContinuousBackups as describe} from '../continuous-backups.ts';
import {onTable} from '../permissions.ts';
import type {DynamodbStore} from '../store.ts';

export const describeContinuousBackups = operationOf<DynamodbStore>()({
  name: 'DescribeContinuousBackups',
  input: structure({TableName: required(string)}),
  permissions: (input, context) => [onTable('DescribeContinuousBackups', input.TableName, context)],
  run: (input, _context, store) => describe(store.table(input.TableName), store),
});
