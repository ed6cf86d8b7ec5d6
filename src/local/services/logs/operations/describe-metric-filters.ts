import {operationOf} from '../../../operation.ts';
import {integer, string, structure} from '../../../shape.ts';
import {onGroup} from '../arns.ts';
import {pageOf} from '../page.ts';
import type {LogsStore} from '../store.ts';

export const describeMetricFilters = operationOf<LogsStore>()({
  name: 'DescribeMetricFilters',
  input: structure({
    logGroupName: string,
    filterNamePrefix: string,
    metricName: string,
    metricNamespace: string,
    nextToken: string,
    limit: integer,
  }),
  permissions: (input, context) => [onGroup('DescribeMetricFilters', input.logGroupName ?? '', context)],
  run({logGroupName, filterNamePrefix = '', metricName, metricNamespace, ...input}, _context, store) {
    const filters =
      logGroupName === undefined ? store.metricFilters.values() : store.metricFiltersOf(store.group(logGroupName).name);
    const found = [...filters]
      .filter(filter => filter.filterName.startsWith(filterNamePrefix))
      .filter(
        filter =>
          (metricName === undefined && metricNamespace === undefined) ||
          filter.metricTransformations.some(
            metric => metric.metricName === metricName && metric.metricNamespace === metricNamespace,
          ),
      )
      .sort((a, b) => (a.filterName < b.filterName ? -1 : 1));
    const {page, nextToken} = pageOf(found, input);
    return {metricFilters: page, nextToken};
  },
});
