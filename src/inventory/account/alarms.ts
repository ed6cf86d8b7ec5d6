import type {Metric, MetricAlarm} from '@aws-sdk/client-cloudwatch';
import type {Alarm, AlarmMetric} from '../../model/alarm.ts';

export function readAlarm(alarm: MetricAlarm, region: string): Alarm {
  const inQueries = (alarm.Metrics ?? []).map(query => query.MetricStat?.Metric).filter(metric => metric !== undefined);
  return {
    name: alarm.AlarmName ?? '',
    metrics: [...(alarm.MetricName === undefined ? [] : [alarm as Metric]), ...inQueries].map(readMetric),
    // A composite alarm may go by one that has no action of its own.
    ...((alarm.AlarmActions ?? []).length > 0 && alarm.ActionsEnabled !== false ? {acts: true} : {}),
    origin: {arn: alarm.AlarmArn ?? '', region},
  };
}

function readMetric({Namespace = '', MetricName = '', Dimensions = []}: Metric): AlarmMetric {
  return {
    namespace: Namespace,
    metricName: MetricName,
    dimensions: Object.fromEntries(Dimensions.map(({Name = '', Value = ''}) => [Name, Value])),
  };
}
