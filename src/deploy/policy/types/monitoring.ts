import {arnIn, globalArn} from '../place.ts';
import type {DeployedResource, ResourceNeeds} from '../resource-needs.ts';

const alarmArn = ({place, names}: DeployedResource) => arnIn(place, 'cloudwatch', `alarm:${names[0]}`);

export const cloudwatchAlarm: ResourceNeeds = {
  type: 'AWS::CloudWatch::Alarm',
  service: 'cloudwatch',
  group: 'Alarms',
  name: {property: 'AlarmName', longest: 255},
  on: resource => [alarmArn(resource)],
  attributes: {Arn: alarmArn},
  always: {
    create: ['PutMetricAlarm', 'TagResource'],
    read: ['ListTagsForResource'],
    update: ['UntagResource'],
    delete: ['DeleteAlarms'],
  },
  plain: [
    'ActionsEnabled',
    'AlarmActions',
    'AlarmDescription',
    'ComparisonOperator',
    'DatapointsToAlarm',
    'Dimensions',
    'EvaluateLowSampleCountPercentile',
    'EvaluationPeriods',
    'ExtendedStatistic',
    'InsufficientDataActions',
    'MetricName',
    'Metrics',
    'Namespace',
    'OKActions',
    'Period',
    'Statistic',
    'Tags',
    'Threshold',
    'TreatMissingData',
    'Unit',
  ],
  // CloudWatch asks for it on all alarms, whichever are named.
  more: ({place}) => [
    {
      group: 'ReadAlarms',
      actions: ['cloudwatch:DescribeAlarms'],
      resources: [arnIn(place, 'cloudwatch', 'alarm:*')],
      also: ['destroy', 'drift'],
    },
  ],
};

export const cloudwatchDashboard: ResourceNeeds = {
  type: 'AWS::CloudWatch::Dashboard',
  service: 'cloudwatch',
  group: 'Dashboards',
  name: {property: 'DashboardName', longest: 255, withoutStack: true},
  on: ({place, names}) => names.map(name => globalArn(place, 'cloudwatch', `dashboard/${name}`)),
  always: {create: ['PutDashboard'], read: ['GetDashboard'], delete: ['DeleteDashboards']},
  plain: ['DashboardBody'],
};

const groupArn = ({place, names}: DeployedResource) => arnIn(place, 'logs', `log-group:${names[0]}`);
const withStreams = (arn: string) => (arn.endsWith('*') ? [arn] : [arn, `${arn}:*`]);

export const logsLogGroup: ResourceNeeds = {
  type: 'AWS::Logs::LogGroup',
  service: 'logs',
  group: 'LogGroups',
  name: {property: 'LogGroupName', longest: 512},
  on: resource => withStreams(groupArn(resource)),
  attributes: {Arn: resource => withStreams(groupArn(resource)).at(-1)!},
  always: {
    create: ['CreateLogGroup', 'TagResource'],
    read: ['GetDataProtectionPolicy', 'ListTagsForResource'],
    update: ['UntagResource'],
    delete: ['DeleteLogGroup'],
  },
  when: {RetentionInDays: {create: ['PutRetentionPolicy'], update: ['DeleteRetentionPolicy']}},
  plain: ['LogGroupClass', 'Tags'],
  // It knows no resource.
  more: () => [
    {group: 'ReadLogGroups', actions: ['logs:DescribeLogGroups'], resources: ['*'], also: ['destroy', 'drift']},
  ],
};

export const logsMetricFilter: ResourceNeeds = {
  type: 'AWS::Logs::MetricFilter',
  service: 'logs',
  group: 'MetricFilters',
  on: resource => withStreams(arnIn(resource.place, 'logs', `log-group:${resource.text('LogGroupName')}`)),
  always: {create: ['PutMetricFilter'], read: ['DescribeMetricFilters'], delete: ['DeleteMetricFilter']},
  plain: [
    'ApplyOnTransformedLogs',
    'EmitSystemFieldDimensions',
    'FieldSelectionCriteria',
    'FilterName',
    'FilterPattern',
    'LogGroupName',
    'MetricTransformations',
  ],
};
