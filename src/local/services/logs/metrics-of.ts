import {embeddedMetrics} from './embedded-metrics.ts';
import {logMessage} from './filter-pattern.ts';
import {filterMetrics} from './metric-filter.ts';
import type {MetricSample} from './metric-sample.ts';
import type {LogsStore} from './store.ts';

/** Everything that these events say to CloudWatch: by the group's metric filters, and by what they embed. */
export function metricsOf(
  group: string,
  events: readonly {readonly timestamp: number; readonly message: string}[],
  store: LogsStore,
): MetricSample[] {
  const parsed = events.map(({timestamp, message}) => ({timestamp, message: logMessage(message)}));
  return [
    ...store.metricFiltersOf(group).flatMap(filter => filterMetrics(filter, parsed)),
    ...parsed.flatMap(({timestamp, message}) => embeddedMetrics(message, timestamp)),
  ];
}
