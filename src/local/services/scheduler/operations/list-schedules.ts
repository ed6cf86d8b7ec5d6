import {operationOf} from '../../../operation.ts';
import {integer, string, structure} from '../../../shape.ts';
import {pageOf} from '../page.ts';
import {scheduleSummary} from '../shown.ts';
import type {SchedulerStore} from '../store.ts';

export const listSchedules = operationOf<SchedulerStore>()({
  name: 'ListSchedules',
  input: structure({GroupName: string, NamePrefix: string, State: string, NextToken: string, MaxResults: integer}),
  http: {
    method: 'GET',
    path: '/schedules',
    query: {
      GroupName: 'ScheduleGroup',
      NamePrefix: 'NamePrefix',
      State: 'State',
      NextToken: 'NextToken',
      MaxResults: 'MaxResults',
    },
  },
  permissions: () => [{action: 'scheduler:ListSchedules', resource: '*'}],
  run(input, _context, store) {
    const {GroupName, NamePrefix = '', State} = input;
    const schedules = store
      .schedules()
      .filter(schedule => GroupName === undefined || schedule.GroupName === GroupName)
      .filter(schedule => State === undefined || schedule.State === State)
      .filter(({Name}) => Name.startsWith(NamePrefix));
    const {page, NextToken} = pageOf(schedules, input);
    return {Schedules: page.map(schedule => scheduleSummary(schedule, store)), NextToken};
  },
});
