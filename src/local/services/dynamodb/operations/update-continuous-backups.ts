import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {boolean, integer, required, string, structure} from '../../../shape.ts';
import {describeContinuousBackups} from '../continuous-backups.ts';
import {onTable} from '../permissions.ts';
import type {DynamodbStore} from '../store.ts';

export const updateContinuousBackups = operationOf<DynamodbStore>()({
  name: 'UpdateContinuousBackups',
  input: structure({
    TableName: required(string),
    PointInTimeRecoverySpecification: required(
      structure({PointInTimeRecoveryEnabled: required(boolean), RecoveryPeriodInDays: integer}),
    ),
  }),
  permissions: (input, context) => [onTable('UpdateContinuousBackups', input.TableName, context)],
  run({TableName, PointInTimeRecoverySpecification}, _context, store) {
    const {PointInTimeRecoveryEnabled: enabled, RecoveryPeriodInDays: days = 35} = PointInTimeRecoverySpecification;
    if (days < 1 || days > 35)
      throw new ServiceError('ValidationException', 'RecoveryPeriodInDays must be between 1 and 35');
    const {pointInTimeRecovery, ...table} = store.table(TableName);
    const since = pointInTimeRecovery?.since ?? store.clock.now() / 1000;
    const updated = enabled ? {...table, pointInTimeRecovery: {days, since}} : table;
    store.tables.set(table.description.TableName, updated);
    return describeContinuousBackups(updated, store);
  },
});
