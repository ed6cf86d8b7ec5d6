import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {required, string, structure} from '../../../shape.ts';
import {onGroup} from '../arns.ts';
import {type LogsStore, metricFilterKey} from '../store.ts';

export const deleteMetricFilter = operationOf<LogsStore>()({
  name: 'DeleteMetricFilter',
  input: structure({logGroupName: required(string), filterName: required(string)}),
  permissions: (input, context) => [onGroup('DeleteMetricFilter', input.logGroupName, context)],
  run(input, _context, store) {
    store.group(input.logGroupName);
    if (!store.metricFilters.delete(metricFilterKey(input)))
      throw new ServiceError('ResourceNotFoundException', 'The specified metric filter does not exist.');
    return {};
  },
});
