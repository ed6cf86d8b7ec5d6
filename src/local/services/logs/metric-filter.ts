import type {LogMessage} from './filter-pattern.ts';
import type {MetricSample} from './metric-sample.ts';
import {parseFilterPattern} from './parse-filter-pattern.ts';
import {parseSelector} from './selector.ts';

/** A metric filter as it is stored. */
export interface MetricFilter {
  readonly logGroupName: string;
  readonly filterName: string;
  readonly filterPattern: string;
  readonly creationTime: number;
  readonly metricTransformations: readonly MetricTransformation[];
}

interface MetricTransformation {
  readonly metricName: string;
  readonly metricNamespace: string;
  /** A number, or the property that holds it: `$.latency`. */
  readonly metricValue: string;
  readonly defaultValue?: number | undefined;
  /** Dimension name -> property. */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  readonly unit?: string | undefined;
}

/**
 * What a filter makes of a batch of events. The default value is published once for a batch that was ingested and
 * had no match in it.
 */
export function filterMetrics(
  filter: MetricFilter,
  events: readonly {readonly message: LogMessage; readonly timestamp: number}[],
): MetricSample[] {
  const pattern = parseFilterPattern(filter.filterPattern);
  const matches = events.filter(({message}) => pattern.matches(message));
  return filter.metricTransformations.flatMap(transformation => {
    const common = {
      namespace: transformation.metricNamespace,
      metricName: transformation.metricName,
      unit: transformation.unit ?? 'None',
    };
    if (matches.length === 0 && transformation.defaultValue !== undefined && events.length > 0)
      return [{...common, dimensions: {}, value: transformation.defaultValue, time: events[0]!.timestamp}];
    return matches.flatMap(({message, timestamp}) => {
      const value = numberOf(transformation.metricValue, message);
      const dimensions = dimensionsOf(transformation, message);
      return value === undefined || dimensions === undefined ? [] : [{...common, dimensions, value, time: timestamp}];
    });
  });
}

function numberOf(metricValue: string, message: LogMessage): number | undefined {
  const value = metricValue.startsWith('$') ? propertyOf(metricValue, message) : metricValue;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** Undefined when one of them has no value in this event: then AWS reports nothing for it. */
function dimensionsOf(
  {dimensions = {}}: MetricTransformation,
  message: LogMessage,
): Record<string, string> | undefined {
  const found = Object.entries(dimensions).map(([name, property]) => [name, propertyOf(property, message)] as const);
  if (found.some(([, value]) => value === undefined || value === null || typeof value === 'object')) return undefined;
  return Object.fromEntries(found.map(([name, value]) => [name, String(value)]));
}

function propertyOf(selector: string, message: LogMessage): unknown {
  return parseSelector(selector)(message.json() ?? {});
}
