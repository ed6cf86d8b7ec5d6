import type {NewDelivery} from '../../deliveries.ts';
import type {Alarm, StateValue} from './alarm.ts';
import {alarmArn} from './arns.ts';

interface Owner {
  readonly account: string;
  readonly region: string;
}

/**
 * What CloudWatch owes to topics when an alarm has changed its state: the policy of each topic must let the alarm in.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-actions.html
 */
export function alarmActions(alarm: Alarm, before: StateValue, owner: Owner): NewDelivery[] {
  const {value} = alarm.state;
  if (!alarm.actionsEnabled || value === before) return [];
  const actions = {ALARM: alarm.alarmActions, OK: alarm.okActions, INSUFFICIENT_DATA: alarm.insufficientDataActions};
  const message = JSON.stringify(stateChange(alarm, before, owner));
  return actions[value].map(arn => ({
    caller: {
      kind: 'service',
      principal: 'cloudwatch.amazonaws.com',
      sourceArn: alarmArn(alarm.name, owner),
      sourceAccount: owner.account,
    },
    target: {kind: 'topic', arn, message, subject: `${value}: "${alarm.name}" in ${owner.region}`.slice(0, 100)},
    retry: {attempts: 185, ageSeconds: 86_400},
  }));
}

function stateChange(alarm: Alarm, before: StateValue, owner: Owner) {
  const {metric, state} = alarm;
  return {
    AlarmName: alarm.name,
    AlarmDescription: alarm.description ?? null,
    AWSAccountId: owner.account,
    AlarmConfigurationUpdatedTimestamp: amazonTime(alarm.configuredAt),
    NewStateValue: state.value,
    NewStateReason: state.reason,
    StateChangeTime: amazonTime(state.updatedAt),
    Region: owner.region,
    AlarmArn: alarmArn(alarm.name, owner),
    OldStateValue: before,
    OKActions: alarm.okActions,
    AlarmActions: alarm.alarmActions,
    InsufficientDataActions: alarm.insufficientDataActions,
    Trigger: {
      MetricName: metric.metricName,
      Namespace: metric.namespace,
      ...(alarm.statistic === undefined
        ? {StatisticType: 'ExtendedStatistic', ExtendedStatistic: alarm.extendedStatistic}
        : {StatisticType: 'Statistic', Statistic: alarm.statistic.toUpperCase()}),
      Unit: alarm.unit ?? null,
      Dimensions: Object.entries(metric.dimensions).map(([name, value]) => ({value, name})),
      Period: alarm.period,
      EvaluationPeriods: alarm.evaluationPeriods,
      ...(alarm.datapointsToAlarm !== undefined && {DatapointsToAlarm: alarm.datapointsToAlarm}),
      ComparisonOperator: alarm.comparisonOperator,
      Threshold: alarm.threshold,
      TreatMissingData: alarm.treatMissingData ?? 'missing',
      EvaluateLowSampleCountPercentile: '',
    },
  };
}

/** `2026-05-01T14:03:00.000+0000`: not ISO 8601 to the letter. */
function amazonTime(time: number): string {
  return new Date(time).toISOString().replace('Z', '+0000');
}
