import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {boolean, type Infer, integer, list, required, string, structure, timestamp} from '../../../shape.ts';
import {onAnything} from '../arns.ts';
import {byPeriod} from '../datapoints.ts';
import {dimensionsOf} from '../metric.ts';
import {checkPeriod} from '../period.ts';
import {dimensions} from '../shapes.ts';
import {parseStatistic} from '../statistic.ts';
import type {CloudwatchStore} from '../store.ts';

/** `Expression` (metric math) is refused by name, and so is paging: everything comes at once. */
const query = structure({
  Id: required(string),
  MetricStat: required(
    structure({
      Metric: required(structure({Namespace: required(string), MetricName: required(string), Dimensions: dimensions})),
      Period: required(integer),
      Stat: required(string),
      Unit: string,
    }),
  ),
  Label: string,
  ReturnData: boolean,
});

export const getMetricData = operationOf<CloudwatchStore>()({
  name: 'GetMetricData',
  input: structure({
    MetricDataQueries: required(list(query)),
    StartTime: required(timestamp),
    EndTime: required(timestamp),
    ScanBy: string,
  }),
  permissions: () => [onAnything('GetMetricData')],
  run({MetricDataQueries: queries, StartTime, EndTime, ScanBy = 'TimestampDescending'}, _context, store) {
    if (StartTime >= EndTime)
      throw new ServiceError('ValidationError', 'The parameter StartTime must be less than the parameter EndTime.');
    if (new Set(queries.map(({Id}) => Id)).size < queries.length)
      throw new ServiceError('ValidationError', 'The values for parameter id in the MetricDataQueries are not unique.');
    const range = {from: StartTime.getTime(), to: EndTime.getTime(), descending: ScanBy === 'TimestampDescending'};
    return {
      MetricDataResults: queries
        .filter(({ReturnData}) => ReturnData !== false)
        .map(each => ({
          Id: each.Id,
          Label: each.Label ?? each.MetricStat.Metric.MetricName,
          ...series(each.MetricStat, range, store),
          StatusCode: 'Complete',
        })),
      Messages: [],
    };
  },
});

function series(
  {Metric, Period, Stat, Unit}: Infer<typeof query>['MetricStat'],
  {from, to, descending}: {from: number; to: number; descending: boolean},
  store: CloudwatchStore,
) {
  checkPeriod(Period);
  const statistic = parseStatistic(Stat);
  const metric = {
    namespace: Metric.Namespace,
    metricName: Metric.MetricName,
    dimensions: dimensionsOf(Metric.Dimensions),
  };
  const points = byPeriod(store.observations(metric, from, to, Unit), Period).flatMap(({start, observations}) => {
    const value = statistic(observations);
    return value === undefined ? [] : [{start, value}];
  });
  if (descending) points.reverse();
  return {Timestamps: points.map(({start}) => new Date(start)), Values: points.map(({value}) => value)};
}
