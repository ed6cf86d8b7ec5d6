import {operationOf} from '../../../operation.ts';
import {list, required, string, structure} from '../../../shape.ts';
import {onAnything} from '../arns.ts';
import {dimensionList} from '../metric.ts';
import {pageOf} from '../page.ts';
import type {CloudwatchStore} from '../store.ts';

export const listMetrics = operationOf<CloudwatchStore>()({
  name: 'ListMetrics',
  input: structure({
    Namespace: string,
    MetricName: string,
    Dimensions: list(structure({Name: required(string), Value: string})),
    NextToken: string,
  }),
  permissions: () => [onAnything('ListMetrics')],
  run(input, _context, store) {
    const found = store
      .metrics()
      .filter(({namespace}) => input.Namespace === undefined || namespace === input.Namespace)
      .filter(({metricName}) => input.MetricName === undefined || metricName === input.MetricName)
      .filter(({dimensions}) =>
        (input.Dimensions ?? []).every(({Name, Value}) =>
          Value === undefined ? Object.hasOwn(dimensions, Name) : dimensions[Name] === Value,
        ),
      );
    const {page, NextToken} = pageOf(found, 500, input.NextToken);
    const Metrics = page.map(({namespace, metricName, dimensions}) => ({
      Namespace: namespace,
      MetricName: metricName,
      Dimensions: dimensionList(dimensions),
    }));
    return {Metrics, NextToken};
  },
});
