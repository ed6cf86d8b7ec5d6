import {operationOf} from '../../../operation.ts';
import {scheduleInput, scheduleOf, toSchedule} from '../schedule-input.ts';
import type {SchedulerStore} from '../store.ts';

/** What the input leaves out goes back to its default. */
export const updateSchedule = operationOf<SchedulerStore>()({
  name: 'UpdateSchedule',
  input: scheduleInput,
  http: {method: 'PUT', path: '/schedules/{Name}'},
  permissions: (input, _context, store) => toSchedule('UpdateSchedule', input, store),
  run(input, _context, store) {
    const {Name, GroupName = 'default'} = input;
    store.set(scheduleOf(input, store.schedule(GroupName, Name), store));
    return {ScheduleArn: store.scheduleArn(GroupName, Name)};
  },
});
