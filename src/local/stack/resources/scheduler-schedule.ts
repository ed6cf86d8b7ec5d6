import {integer, required, string, structure} from '../../shape.ts';
import {requireAbsent} from '../require-absent.ts';
import {defineResource} from '../resource-type.ts';

const target = structure({
  Arn: required(string),
  DeadLetterConfig: structure({Arn: string}),
  Input: string,
  RetryPolicy: structure({MaximumEventAgeInSeconds: integer, MaximumRetryAttempts: integer}),
  RoleArn: required(string),
  SqsParameters: structure({MessageGroupId: string}),
});

export const schedulerSchedule = defineResource({
  type: 'AWS::Scheduler::Schedule',
  properties: structure({
    Description: string,
    EndDate: string,
    FlexibleTimeWindow: required(structure({Mode: required(string)})),
    GroupName: string,
    Name: string,
    ScheduleExpression: required(string),
    ScheduleExpressionTimezone: string,
    StartDate: string,
    State: string,
    Target: required(target),
  }),
  createOnly: ['GroupName', 'Name'],
  nameProperty: 'Name',
  attributes: ['Arn'],
  async create(schedule, context) {
    const Name = schedule.Name ?? context.name({longest: 64});
    const {GroupName} = schedule;
    const group = GroupName === undefined ? {} : {GroupName};
    if (schedule.Name !== undefined)
      await requireAbsent('AWS::Scheduler::Schedule', Name, context.call('scheduler', 'GetSchedule', {Name, ...group}));
    const {ScheduleArn: Arn} = await context.call<{ScheduleArn: string}>('scheduler', 'CreateSchedule', {
      ...withDates(schedule),
      Name,
    });
    return {id: Name, attributes: {Arn}};
  },
  async update({id: Name, attributes}, schedule, context) {
    await context.call('scheduler', 'UpdateSchedule', {...withDates(schedule), Name});
    return {id: Name, attributes};
  },
  async delete({id: Name, properties: {GroupName}}, context) {
    await context.call('scheduler', 'DeleteSchedule', {Name, ...(GroupName !== undefined && {GroupName})});
  },
});

/** A template has dates as text, the API as dates. */
function withDates<S extends {readonly StartDate?: string | undefined; readonly EndDate?: string | undefined}>({
  StartDate,
  EndDate,
  ...schedule
}: S) {
  return {
    ...schedule,
    ...(StartDate !== undefined && {StartDate: new Date(StartDate)}),
    ...(EndDate !== undefined && {EndDate: new Date(EndDate)}),
  };
}
