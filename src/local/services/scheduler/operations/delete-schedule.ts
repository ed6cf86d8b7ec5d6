import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import type {SchedulerStore} from '../store.ts';

export const deleteSchedule = operationOf<SchedulerStore>()({
  name: 'DeleteSchedule',
  input: structure({Name: required(string), GroupName: string, ClientToken: string}),
  http: {
    method: 'DELETE',
    path: '/schedules/{Name}',
    query: {GroupName: 'groupName', ClientToken: 'clientToken'},
  },
  permissions: ({Name, GroupName = 'default'}, _context, store) => [
    {action: 'scheduler:DeleteSchedule', resource: store.scheduleArn(GroupName, Name)},
  ],
  run({Name, GroupName = 'default'}, _context, store) {
    store.delete(store.schedule(GroupName, Name));
    return {};
  },
});
