import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {boolean, required, string, structure} from '../../../shape.ts';
import {onTable} from '../permissions.ts';
import type {DynamodbStore} from '../store.ts';

export const updateTimeToLive = operationOf<DynamodbStore>()({
  name: 'UpdateTimeToLive',
  input: structure({
    TableName: required(string),
    TimeToLiveSpecification: required(structure({Enabled: required(boolean), AttributeName: required(string)})),
  }),
  permissions: (input, context) => [onTable('UpdateTimeToLive', input.TableName, context)],
  run({TableName, TimeToLiveSpecification: specification}, _context, store) {
    const {timeToLive, ...table} = store.table(TableName);
    const {Enabled, AttributeName} = specification;
    if (Enabled && timeToLive !== undefined)
      throw invalid(
        timeToLive === AttributeName
          ? 'TimeToLive is already enabled'
          : `TimeToLive is active on a different AttributeName: current AttributeName is ${timeToLive}`,
      );
    if (!Enabled && timeToLive === undefined) throw invalid('TimeToLive is already disabled');
    if (!Enabled && timeToLive !== AttributeName)
      throw invalid(`TimeToLive is active on a different AttributeName: current AttributeName is ${timeToLive}`);
    store.tables.set(table.description.TableName, Enabled ? {...table, timeToLive: AttributeName} : table);
    store.expiry.wake();
    return {TimeToLiveSpecification: specification};
  },
});

function invalid(message: string): ServiceError {
  return new ServiceError('ValidationException', message);
}
