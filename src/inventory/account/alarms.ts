import type {Metric, MetricAlarm} from '@aws-sdk/client-cloudwatch';
import type {Alarm, AlarmMetric} from '../../model/alarm.ts';
import {isUnresolved} from '../../model/resolvable.ts';
import type {CapacityCalls} from './capacity-calls.ts';
import type {Reading} from './reading.ts';

export async function readAlarms(
  calls: CapacityCalls,
  alarms: readonly MetricAlarm[],
  {region, attempt}: Reading,
): Promise<readonly Alarm[]> {
  const read = alarms.map(alarm => readAlarm(alarm, region));
  const silent = read.filter((alarm, index) => !hasAction(alarms[index]!) && isOurs(alarm));
  if (silent.length === 0) return read;
  const rules = await attempt('observability/alarm-without-action', 'the composite alarms', () =>
    calls.compositeAlarmRules(),
  );
  if (isUnresolved(rules)) return read;
  const named = rules.join('\n');
  return read.map(alarm => (silent.includes(alarm) ? {...alarm, acts: isNamedIn(named, alarm)} : alarm));
}

/**
 * Of a function or queue, as all that is audited. A deployment may go by an alarm on an alias or version, which only
 * CodeDeploy could tell.
 */
function isOurs({metrics}: Alarm): boolean {
  return metrics.some(
    ({namespace, dimensions}) =>
      (namespace === 'AWS/SQS' || namespace === 'AWS/Lambda') &&
      dimensions.ExecutedVersion === undefined &&
      !String(dimensions.Resource ?? '').includes(':'),
  );
}

/** By name or ARN, with or without quotes. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html */
function isNamedIn(rules: string, {name, origin}: Alarm): boolean {
  const arn = 'arn' in origin ? origin.arn : '';
  return [name, arn].some(text => rules.includes(`"${text}"`) || rules.includes(`(${text})`));
}

function hasAction({AlarmActions = [], OKActions = [], InsufficientDataActions = [], ActionsEnabled}: MetricAlarm) {
  return ActionsEnabled !== false && AlarmActions.length + OKActions.length + InsufficientDataActions.length > 0;
}

function readAlarm(alarm: MetricAlarm, region: string): Alarm {
  const inQueries = (alarm.Metrics ?? []).map(query => query.MetricStat?.Metric).filter(metric => metric !== undefined);
  return {
    name: alarm.AlarmName ?? '',
    metrics: [...(alarm.MetricName === undefined ? [] : [alarm as Metric]), ...inQueries].map(readMetric),
    ...(hasAction(alarm) ? {acts: true} : {}),
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
