import {ServiceError} from '../../service-error.ts';
import {type Dimension, dimensionsOf, type MetricIdentity, type Observation} from './metric.ts';

interface MetricDatum {
  readonly MetricName: string;
  readonly Dimensions?: readonly Dimension[] | undefined;
  readonly Timestamp?: Date | undefined;
  readonly Value?: number | undefined;
  readonly StatisticValues?: StatisticSet | undefined;
  readonly Values?: readonly number[] | undefined;
  readonly Counts?: readonly number[] | undefined;
  readonly Unit?: string | undefined;
}

interface StatisticSet {
  readonly SampleCount: number;
  readonly Sum: number;
  readonly Minimum: number;
  readonly Maximum: number;
}

/** What one MetricDatum observes: a value, values with their counts, or a statistic set. */
export function observationsOf(
  namespace: string,
  datum: MetricDatum,
  now: number,
): {readonly metric: MetricIdentity; readonly time: number; readonly observations: readonly Observation[]} {
  const {Value, Values, Counts, StatisticValues, Unit: unit = 'None'} = datum;
  if ([Value, Values, StatisticValues].filter(member => member !== undefined).length !== 1)
    throw new ServiceError(
      'InvalidParameterCombinationException',
      `Exactly one of Value, Values and StatisticValues must be specified for metric ${datum.MetricName}.`,
    );
  if (Counts !== undefined && Counts.length !== Values?.length)
    throw new ServiceError('InvalidParameterValueException', 'Values and Counts must have the same length.');
  if ((datum.Dimensions?.length ?? 0) > 30)
    throw new ServiceError('InvalidParameterValueException', 'A metric has at most 30 dimensions.');
  const repeated = (value: number, count: number): Observation => ({
    unit,
    sampleCount: count,
    sum: value * count,
    minimum: value,
    maximum: value,
  });
  const observations =
    StatisticValues === undefined
      ? (Values ?? [Value!]).map((value, index) => repeated(value, Counts?.[index] ?? 1))
      : [
          {
            unit,
            sampleCount: StatisticValues.SampleCount,
            sum: StatisticValues.Sum,
            minimum: StatisticValues.Minimum,
            maximum: StatisticValues.Maximum,
          },
        ];
  const metric = {namespace, metricName: datum.MetricName, dimensions: dimensionsOf(datum.Dimensions)};
  return {metric, time: datum.Timestamp?.getTime() ?? now, observations};
}
