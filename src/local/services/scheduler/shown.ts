import type {ScheduleGroup, ScheduleRecord} from './records.ts';
import type {SchedulerStore} from './store.ts';

export function shownSchedule(schedule: ScheduleRecord, store: SchedulerStore) {
  const {createdAt, modifiedAt, startDate, endDate, done, ...rest} = schedule;
  return {
    ...rest,
    Arn: store.scheduleArn(schedule.GroupName, schedule.Name),
    FlexibleTimeWindow: {Mode: 'OFF'},
    ...(startDate !== undefined && {StartDate: new Date(startDate)}),
    ...(endDate !== undefined && {EndDate: new Date(endDate)}),
    CreationDate: new Date(createdAt),
    LastModificationDate: new Date(modifiedAt),
  };
}

/** As a list shows it. */
export function scheduleSummary(schedule: ScheduleRecord, store: SchedulerStore) {
  const {Arn, Name, GroupName, State, CreationDate, LastModificationDate} = shownSchedule(schedule, store);
  return {Arn, Name, GroupName, State, CreationDate, LastModificationDate, Target: {Arn: schedule.Target.Arn}};
}

export function shownGroup({Name, createdAt, modifiedAt}: ScheduleGroup, store: SchedulerStore) {
  return {
    Arn: store.groupArn(Name),
    Name,
    State: 'ACTIVE',
    CreationDate: new Date(createdAt),
    LastModificationDate: new Date(modifiedAt),
  };
}
