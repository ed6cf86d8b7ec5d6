import {notImplemented, ServiceError} from '../../service-error.ts';
import {boolean, double, type Infer, integer, list, required, string, structure} from '../../shape.ts';
import {tagList} from '../../tag-list.ts';
import {type Alarm, type ComparisonOperator, comparisonOperators, type TreatMissingData, treatments} from './alarm.ts';
import {dimensionsOf} from './metric.ts';
import {isAlarmPeriod} from './period.ts';
import {dimensions} from './shapes.ts';
import {parseStatistic} from './statistic.ts';

/** Metric math, anomaly bands, PromQL and EvaluateLowSampleCountPercentile are refused by name. */
export const metricAlarmInput = structure({
  AlarmName: required(string),
  AlarmDescription: string,
  ActionsEnabled: boolean,
  OKActions: list(string),
  AlarmActions: list(string),
  InsufficientDataActions: list(string),
  MetricName: string,
  Namespace: string,
  Statistic: string,
  ExtendedStatistic: string,
  Dimensions: dimensions,
  Period: integer,
  Unit: string,
  EvaluationPeriods: integer,
  DatapointsToAlarm: integer,
  Threshold: double,
  ComparisonOperator: string,
  TreatMissingData: string,
  Tags: tagList,
});

type Input = Infer<typeof metricAlarmInput>;

/** The alarm that PutMetricAlarm asks for; one that exists keeps its state and its tags. */
export function alarmOf(input: Input, existing: Alarm | undefined, now: number): Alarm {
  const {MetricName, Namespace, Period, EvaluationPeriods, Threshold} = input;
  if (MetricName === undefined || Namespace === undefined)
    throw invalid('MetricName and Namespace are required: an alarm watches one metric.');
  if ((input.Statistic === undefined) === (input.ExtendedStatistic === undefined))
    throw invalid('Exactly one of Statistic and ExtendedStatistic must be specified.');
  parseStatistic((input.Statistic ?? input.ExtendedStatistic)!);
  if (Period === undefined || !isAlarmPeriod(Period)) throw invalid('Period must be 10, 20, 30 or a multiple of 60.');
  if (EvaluationPeriods === undefined || EvaluationPeriods < 1)
    throw invalid('EvaluationPeriods must be greater than or equal to 1.');
  if (
    input.DatapointsToAlarm !== undefined &&
    (input.DatapointsToAlarm < 1 || input.DatapointsToAlarm > EvaluationPeriods)
  )
    throw invalid('DatapointsToAlarm must be at least 1 and at most EvaluationPeriods.');
  if (Threshold === undefined) throw invalid('Threshold is required.');
  for (const action of [input.OKActions, input.AlarmActions, input.InsufficientDataActions].flatMap(list => list ?? []))
    if (!action.startsWith('arn:aws:sns:')) throw notImplemented(`the alarm action ${action}: only a topic can be one`);
  return {
    name: input.AlarmName,
    description: input.AlarmDescription,
    actionsEnabled: input.ActionsEnabled ?? true,
    okActions: input.OKActions ?? [],
    alarmActions: input.AlarmActions ?? [],
    insufficientDataActions: input.InsufficientDataActions ?? [],
    metric: {namespace: Namespace, metricName: MetricName, dimensions: dimensionsOf(input.Dimensions)},
    statistic: input.Statistic,
    extendedStatistic: input.ExtendedStatistic,
    period: Period,
    unit: input.Unit,
    evaluationPeriods: EvaluationPeriods,
    datapointsToAlarm: input.DatapointsToAlarm,
    threshold: Threshold,
    comparisonOperator: comparisonOperatorOf(input.ComparisonOperator),
    treatMissingData: treatmentOf(input.TreatMissingData),
    tags: existing?.tags ?? Object.fromEntries((input.Tags ?? []).map(({Key, Value}) => [Key, Value])),
    configuredAt: now,
    state: existing?.state ?? {
      value: 'INSUFFICIENT_DATA',
      reason: 'Unchecked: Initial alarm creation',
      updatedAt: now,
      transitionedAt: now,
    },
  };
}

function comparisonOperatorOf(name: string | undefined): ComparisonOperator {
  const known = Object.keys(comparisonOperators).find(operator => operator === name) as ComparisonOperator | undefined;
  if (known !== undefined) return known;
  if (/Lower|Upper/.test(name ?? '')) throw notImplemented(`CloudWatch ComparisonOperator ${name}: anomaly detection`);
  throw invalid(`ComparisonOperator must be one of ${Object.keys(comparisonOperators).join(', ')}.`);
}

function treatmentOf(name: string | undefined): TreatMissingData | undefined {
  const known = treatments.find(treatment => treatment === name);
  if (name !== undefined && known === undefined)
    throw invalid(`Value '${name}' for field TreatMissingData is not supported`);
  return known;
}

function invalid(message: string): ServiceError {
  return new ServiceError('ValidationError', message);
}
