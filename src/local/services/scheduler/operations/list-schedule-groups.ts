import {operationOf} from '../../../operation.ts';
import {integer, string, structure} from '../../../shape.ts';
import {pageOf} from '../page.ts';
import {shownGroup} from '../shown.ts';
import type {SchedulerStore} from '../store.ts';

export const listScheduleGroups = operationOf<SchedulerStore>()({
  name: 'ListScheduleGroups',
  input: structure({NamePrefix: string, NextToken: string, MaxResults: integer}),
  http: {
    method: 'GET',
    path: '/schedule-groups',
    query: {NamePrefix: 'NamePrefix', NextToken: 'NextToken', MaxResults: 'MaxResults'},
  },
  permissions: () => [{action: 'scheduler:ListScheduleGroups', resource: '*'}],
  run(input, _context, store) {
    const groups = [...store.groups.values()]
      .filter(({Name}) => Name.startsWith(input.NamePrefix ?? ''))
      .sort((a, b) => (a.Name < b.Name ? -1 : 1));
    const {page, NextToken} = pageOf(groups, input);
    return {ScheduleGroups: page.map(group => shownGroup(group, store)), NextToken};
  },
});
