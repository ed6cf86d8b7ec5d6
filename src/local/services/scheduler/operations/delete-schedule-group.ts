import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {invalid} from '../errors.ts';
import type {SchedulerStore} from '../store.ts';

/** Its schedules go with it, at once. */
export const deleteScheduleGroup = operationOf<SchedulerStore>()({
  name: 'DeleteScheduleGroup',
  input: structure({Name: required(string), ClientToken: string}),
  http: {method: 'DELETE', path: '/schedule-groups/{Name}', query: {ClientToken: 'clientToken'}},
  permissions: ({Name}, _context, store) => [{action: 'scheduler:DeleteScheduleGroup', resource: store.groupArn(Name)}],
  run({Name}, _context, store) {
    if (Name === 'default') throw invalid('Cannot delete the default schedule group.');
    store.deleteGroup(store.group(Name));
    return {};
  },
});
