import {operationOf} from '../../../operation.ts';
import {integer, required, string, structure} from '../../../shape.ts';
import {onAnything} from '../arns.ts';
import {describeAlarm} from '../describe-alarm.ts';
import {dimensionsOf, metricKey} from '../metric.ts';
import {dimensions} from '../shapes.ts';
import type {CloudwatchStore} from '../store.ts';

export const describeAlarmsForMetric = operationOf<CloudwatchStore>()({
  name: 'DescribeAlarmsForMetric',
  input: structure({
    MetricName: required(string),
    Namespace: required(string),
    Statistic: string,
    ExtendedStatistic: string,
    Dimensions: dimensions,
    Period: integer,
    Unit: string,
  }),
  permissions: () => [onAnything('DescribeAlarmsForMetric')],
  run(input, _context, store) {
    const key = metricKey({
      namespace: input.Namespace,
      metricName: input.MetricName,
      dimensions: dimensionsOf(input.Dimensions),
    });
    const found = [...store.alarms.values()].filter(
      alarm =>
        metricKey(alarm.metric) === key &&
        (input.Statistic === undefined || alarm.statistic === input.Statistic) &&
        (input.ExtendedStatistic === undefined || alarm.extendedStatistic === input.ExtendedStatistic) &&
        (input.Period === undefined || alarm.period === input.Period) &&
        (input.Unit === undefined || alarm.unit === input.Unit),
    );
    return {MetricAlarms: found.map(alarm => describeAlarm(store.evaluated(alarm), store))};
  },
});
