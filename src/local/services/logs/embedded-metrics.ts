import type {LogMessage} from './filter-pattern.ts';
import type {MetricSample} from './metric-sample.ts';

/**
 * The metrics that a log event carries in the Embedded Metric Format; none when it is not in that format.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function embeddedMetrics(message: LogMessage, eventTime: number): MetricSample[] {
  if (!message.text.includes('"_aws"')) return [];
  const root = message.json() as EmbeddedMetrics | undefined;
  const directives = root?._aws?.CloudWatchMetrics;
  if (root === undefined || !Array.isArray(directives)) return [];
  const time = typeof root._aws?.Timestamp === 'number' ? root._aws.Timestamp : eventTime;
  return directives.flatMap(directive => samplesOf(directive ?? {}, root, time));
}

interface EmbeddedMetrics {
  readonly _aws?: {readonly Timestamp?: unknown; readonly CloudWatchMetrics?: readonly (MetricDirective | null)[]};
  readonly [target: string]: unknown;
}

interface MetricDirective {
  readonly Namespace?: unknown;
  readonly Dimensions?: readonly unknown[];
  readonly Metrics?: readonly ({readonly Name?: unknown; readonly Unit?: unknown} | null)[];
}

function samplesOf(directive: MetricDirective, root: EmbeddedMetrics, time: number): MetricSample[] {
  const {Namespace: namespace, Dimensions: dimensionSets, Metrics: metrics} = directive;
  if (typeof namespace !== 'string' || !Array.isArray(metrics)) return [];
  const sets = Array.isArray(dimensionSets) && dimensionSets.length > 0 ? dimensionSets : [[]];
  return sets.flatMap((set: unknown) => {
    if (!Array.isArray(set) || !set.every(name => typeof name === 'string')) return [];
    const dimensions = Object.fromEntries(set.map(name => [name, root[name]]));
    // A dimension without a value makes the whole set invalid.
    if (Object.values(dimensions).some(value => typeof value !== 'string')) return [];
    return metrics.flatMap(metric => {
      const {Name: metricName, Unit} = metric ?? {};
      const unit = Unit ?? 'None';
      if (typeof metricName !== 'string' || typeof unit !== 'string') return [];
      return numbersIn(root[metricName]).map(value => ({
        namespace,
        metricName,
        dimensions: dimensions as Record<string, string>,
        value,
        unit,
        time,
      }));
    });
  });
}

function numbersIn(value: unknown): number[] {
  return (Array.isArray(value) ? value : [value]).filter(item => typeof item === 'number');
}
