import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {shownGroup} from '../shown.ts';
import type {SchedulerStore} from '../store.ts';

export const getScheduleGroup = operationOf<SchedulerStore>()({
  name: 'GetScheduleGroup',
  input: structure({Name: required(string)}),
  http: {method: 'GET', path: '/schedule-groups/{Name}'},
  permissions: ({Name}, _context, store) => [{action: 'scheduler:GetScheduleGroup', resource: store.groupArn(Name)}],
  run: ({Name}, _context, store) => shownGroup(store.group(Name), store),
});
