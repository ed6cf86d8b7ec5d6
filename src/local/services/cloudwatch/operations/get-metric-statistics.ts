import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {integer, list, required, string, structure, timestamp} from '../../../shape.ts';
import {onAnything} from '../arns.ts';
import {byPeriod} from '../datapoints.ts';
import {dimensionsOf} from '../metric.ts';
import {checkPeriod} from '../period.ts';
import {dimensions} from '../shapes.ts';
import {parseStatistic} from '../statistic.ts';
import type {CloudwatchStore} from '../store.ts';

const mostDatapoints = 1440;

export const getMetricStatistics = operationOf<CloudwatchStore>()({
  name: 'GetMetricStatistics',
  input: structure({
    Namespace: required(string),
    MetricName: required(string),
    Dimensions: dimensions,
    StartTime: required(timestamp),
    EndTime: required(timestamp),
    Period: required(integer),
    Statistics: list(string),
    ExtendedStatistics: list(string),
    Unit: string,
  }),
  permissions: () => [onAnything('GetMetricStatistics')],
  run({StartTime, EndTime, Period, Statistics = [], ExtendedStatistics = [], Unit, ...input}, _context, store) {
    if (Statistics.length + ExtendedStatistics.length === 0)
      throw new ServiceError(
        'MissingRequiredParameterException',
        'Must specify either Statistics or ExtendedStatistics',
      );
    if (StartTime >= EndTime)
      throw new ServiceError(
        'InvalidParameterValueException',
        'The parameter StartTime must be less than the parameter EndTime.',
      );
    checkPeriod(Period);
    const named = (names: readonly string[]) => names.map(name => [name, parseStatistic(name)] as const);
    const [simple, extended] = [named(Statistics), named(ExtendedStatistics)];
    const metric = {
      namespace: input.Namespace,
      metricName: input.MetricName,
      dimensions: dimensionsOf(input.Dimensions),
    };
    const periods = byPeriod(store.observations(metric, StartTime.getTime(), EndTime.getTime(), Unit), Period);
    if (periods.length > mostDatapoints)
      throw new ServiceError(
        'InvalidParameterCombinationException',
        `You have requested up to ${periods.length} datapoints, which exceeds the limit of ${mostDatapoints}.`,
      );
    return {
      Label: input.MetricName,
      Datapoints: periods.map(({start, observations}) => ({
        Timestamp: new Date(start),
        ...Object.fromEntries(simple.map(([name, statistic]) => [name, statistic(observations)])),
        ...(extended.length > 0 && {
          ExtendedStatistics: Object.fromEntries(extended.map(([name, statistic]) => [name, statistic(observations)])),
        }),
        Unit: Unit ?? observations[0]!.unit,
      })),
    };
  },
});
