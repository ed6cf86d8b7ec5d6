import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {double, list, map, required, string, structure} from '../../../shape.ts';
import {onGroup} from '../arns.ts';
import {parseFilterPattern} from '../parse-filter-pattern.ts';
import {parseSelector} from '../selector.ts';
import {type LogsStore, metricFilterKey} from '../store.ts';

const transformation = structure({
  metricName: required(string),
  metricNamespace: required(string),
  metricValue: required(string),
  defaultValue: double,
  dimensions: map(string),
  unit: string,
});

export const putMetricFilter = operationOf<LogsStore>()({
  name: 'PutMetricFilter',
  input: structure({
    logGroupName: required(string),
    filterName: required(string),
    filterPattern: required(string),
    metricTransformations: required(list(transformation)),
  }),
  permissions: (input, context) => [onGroup('PutMetricFilter', input.logGroupName, context)],
  run(input, {clock}, store) {
    store.group(input.logGroupName);
    parseFilterPattern(input.filterPattern);
    if (input.metricTransformations.length !== 1)
      throw invalid('A metric filter has exactly one metric transformation.');
    for (const {metricValue, dimensions = {}, defaultValue} of input.metricTransformations) {
      if (metricValue.startsWith('$')) parseSelector(metricValue);
      else if (Number.isNaN(Number(metricValue))) throw invalid(`Invalid metricValue: ${metricValue}`);
      for (const property of Object.values(dimensions)) parseSelector(property);
      if (Object.keys(dimensions).length > 3) throw invalid('A metric filter has at most 3 dimensions.');
      if (defaultValue !== undefined && Object.keys(dimensions).length > 0)
        throw invalid('Invalid metric transformation: dimensions and default value are mutually exclusive properties.');
    }
    store.metricFilters.set(metricFilterKey(input), {...input, creationTime: clock.now()});
    return {};
  },
});

function invalid(message: string): ServiceError {
  return new ServiceError('InvalidParameterException', message);
}
