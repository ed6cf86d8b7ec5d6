import {boolean, double, type Infer, integer, list, required, string, structure} from '../../shape.ts';
import {defineResource, type ResourceContext} from '../resource-type.ts';
import {tagList} from '../tags.ts';

const properties = structure({
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
});

export const cloudwatchAlarm = defineResource({
  type: 'AWS::CloudWatch::Alarm',
  properties,
  createOnly: ['AlarmName'],
  nameProperty: 'AlarmName',
  attributes: ['Arn'],
  async create(alarm, context) {
    const AlarmName = alarm.AlarmName ?? context.name({longest: 255});
    await put(AlarmName, alarm, context);
    return {
      id: AlarmName,
      attributes: {Arn: `arn:aws:cloudwatch:${context.region}:${context.account}:alarm:${AlarmName}`},
    };
  },
  async update({id, attributes}, alarm, context) {
    await put(id, alarm, context);
    return {id, attributes};
  },
  async delete({id}, context) {
    await context.call('cloudwatch', 'DeleteAlarms', {AlarmNames: [id]});
  },
});

async function put(AlarmName: string, alarm: Infer<typeof properties>, context: ResourceContext): Promise<void> {
  await context.call('cloudwatch', 'PutMetricAlarm', {...alarm, AlarmName});
}
