import {boolean, double, integer, list, required, string, structure} from '../../shape.ts';
import {tagList} from '../../tag-list.ts';
import {requireAbsent} from '../require-absent.ts';
import {defineResource, type ResourceContext} from '../resource-type.ts';
import {tagChanges} from '../tags.ts';

export const cloudwatchAlarm = defineResource({
  type: 'AWS::CloudWatch::Alarm',
  properties: structure({
    ActionsEnabled: boolean,
    AlarmActions: list(string),
    AlarmDescription: string,
    AlarmName: string,
    ComparisonOperator: required(string),
    DatapointsToAlarm: integer,
    Dimensions: list(structure({Name: required(string), Value: required(string)})),
    EvaluationPeriods: required(integer),
    ExtendedStatistic: string,
    InsufficientDataActions: list(string),
    MetricName: required(string),
    Namespace: required(string),
    OKActions: list(string),
    Period: required(integer),
    Statistic: string,
    Tags: tagList,
    Threshold: required(double),
    TreatMissingData: string,
    Unit: string,
  }),
  createOnly: ['AlarmName'],
  nameProperty: 'AlarmName',
  attributes: ['Arn'],
  async create(alarm, context) {
    const AlarmName = alarm.AlarmName ?? context.name({longest: 255});
    if (alarm.AlarmName !== undefined)
      await requireAbsent('AWS::CloudWatch::Alarm', AlarmName, alarmNamed(AlarmName, context));
    await context.call('cloudwatch', 'PutMetricAlarm', {...alarm, AlarmName});
    const Arn = `arn:aws:cloudwatch:${context.region}:${context.account}:alarm:${AlarmName}`;
    return {id: AlarmName, attributes: {Arn}};
  },
  async update({id, properties: before, attributes}, {Tags, ...alarm}, context) {
    await context.call('cloudwatch', 'PutMetricAlarm', {...alarm, AlarmName: id});
    // An alarm that exists takes no tags from PutMetricAlarm.
    const {set, removed} = tagChanges(before.Tags, Tags);
    const ResourceARN = attributes.Arn;
    if (set.length > 0) await context.call('cloudwatch', 'TagResource', {ResourceARN, Tags: set});
    if (removed.length > 0) await context.call('cloudwatch', 'UntagResource', {ResourceARN, TagKeys: removed});
    return {id, attributes};
  },
  async delete({id}, context) {
    await context.call('cloudwatch', 'DeleteAlarms', {AlarmNames: [id]});
  },
});

async function alarmNamed(name: string, context: ResourceContext): Promise<unknown> {
  const {MetricAlarms} = await context.call<{MetricAlarms?: readonly unknown[]}>('cloudwatch', 'DescribeAlarms', {
    AlarmNames: [name],
  });
  return MetricAlarms?.[0];
}
