import type {Alarm, AlarmMetric} from '../../model/alarm.ts';
import type {TemplateResource} from './resources.ts';
import type {Value} from './value.ts';

export function readAlarms(resources: readonly TemplateResource[]): readonly Alarm[] {
  return resources
    .filter(({type}) => type === 'AWS::CloudWatch::Alarm')
    .map(({logicalId, properties, origin}) => ({
      name: logicalId,
      metrics: [
        ...(properties.at('MetricName').exists ? [readMetric(properties)] : []),
        ...properties
          .at('Metrics')
          .items()
          .map(query => query.at('MetricStat').at('Metric'))
          .filter(metric => metric.exists)
          .map(readMetric),
      ],
      origin,
    }));
}

function readMetric(metric: Value): AlarmMetric {
  return {
    namespace: metric.at('Namespace').text() ?? '',
    metricName: metric.at('MetricName').text() ?? '',
    dimensions: Object.fromEntries(
      metric
        .at('Dimensions')
        .items()
        .map(dimension => [String(dimension.at('Name').text()), dimension.at('Value').text() ?? '']),
    ),
  };
}
