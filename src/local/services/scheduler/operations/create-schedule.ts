import {operationOf} from '../../../operation.ts';
import {conflict} from '../errors.ts';
import {scheduleInput, scheduleOf, toSchedule} from '../schedule-input.ts';
import type {SchedulerStore} from '../store.ts';

export const createSchedule = operationOf<SchedulerStore>()({
  name: 'CreateSchedule',
  input: scheduleInput,
  http: {method: 'POST', path: '/schedules/{Name}'},
  permissions: (input, _context, store) => toSchedule('CreateSchedule', input, store),
  run(input, _context, store) {
    const {Name, GroupName = 'default'} = input;
    store.group(GroupName);
    if (store.find(GroupName, Name) !== undefined) throw conflict(`Schedule ${Name} already exists.`);
    store.set(scheduleOf(input, undefined, store));
    return {ScheduleArn: store.scheduleArn(GroupName, Name)};
  },
});
