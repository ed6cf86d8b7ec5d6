import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {shownSchedule} from '../shown.ts';
import type {SchedulerStore} from '../store.ts';

export const getSchedule = operationOf<SchedulerStore>()({
  name: 'GetSchedule',
  input: structure({Name: required(string), GroupName: string}),
  http: {method: 'GET', path: '/schedules/{Name}', query: {GroupName: 'groupName'}},
  permissions: ({Name, GroupName = 'default'}, _context, store) => [
    {action: 'scheduler:GetSchedule', resource: store.scheduleArn(GroupName, Name)},
  ],
  run: ({Name, GroupName = 'default'}, _context, store) => shownSchedule(store.schedule(GroupName, Name), store),
});
