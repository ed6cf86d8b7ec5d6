import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onTable} from '../permissions.ts';
import type {DynamodbStore} from '../store.ts';

export const describeTimeToLive = operationOf<DynamodbStore>()({
  name: 'DescribeTimeToLive',
  input: structure({TableName: required(string)}),
  permissions: (input, context) => [onTable('DescribeTimeToLive', input.TableName, context)],
  run(input, _context, store) {
    const {timeToLive} = store.table(input.TableName);
    return {
      TimeToLiveDescription: {
        TimeToLiveStatus: timeToLive === undefined ? 'DISABLED' : 'ENABLED',
        AttributeName: timeToLive,
      },
    };
  },
});
