import type {Alarm} from './alarm.ts';
import {alarmArn} from './arns.ts';
import {dimensionList} from './metric.ts';

/** A MetricAlarm as DescribeAlarms shows it. */
export function describeAlarm(alarm: Alarm, owner: {account: string; region: string}): object {
  return {
    AlarmName: alarm.name,
    AlarmArn: alarmArn(alarm.name, owner),
    AlarmDescription: alarm.description,
    AlarmConfigurationUpdatedTimestamp: new Date(alarm.configuredAt),
    ActionsEnabled: alarm.actionsEnabled,
    OKActions: alarm.okActions,
    AlarmActions: alarm.alarmActions,
    InsufficientDataActions: alarm.insufficientDataActions,
    StateValue: alarm.state.value,
    StateReason: alarm.state.reason,
    StateReasonData: alarm.state.reasonData,
    StateUpdatedTimestamp: new Date(alarm.state.updatedAt),
    StateTransitionedTimestamp: new Date(alarm.state.transitionedAt),
    MetricName: alarm.metric.metricName,
    Namespace: alarm.metric.namespace,
    Statistic: alarm.statistic,
    ExtendedStatistic: alarm.extendedStatistic,
    Dimensions: dimensionList(alarm.metric.dimensions),
    Period: alarm.period,
    Unit: alarm.unit,
    EvaluationPeriods: alarm.evaluationPeriods,
    DatapointsToAlarm: alarm.datapointsToAlarm,
    Threshold: alarm.threshold,
    ComparisonOperator: alarm.comparisonOperator,
    TreatMissingData: alarm.treatMissingData,
  };
}
