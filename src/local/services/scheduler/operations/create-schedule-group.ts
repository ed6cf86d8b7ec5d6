import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {tagList} from '../../../tag-list.ts';
import {conflict, invalid} from '../errors.ts';
import type {SchedulerStore} from '../store.ts';
import {tagged} from '../tags.ts';

export const createScheduleGroup = operationOf<SchedulerStore>()({
  name: 'CreateScheduleGroup',
  input: structure({Name: required(string), ClientToken: string, Tags: tagList}),
  http: {method: 'POST', path: '/schedule-groups/{Name}'},
  permissions: ({Name, Tags}, _context, store) => [
    {action: 'scheduler:CreateScheduleGroup', resource: store.groupArn(Name)},
    ...(Tags?.length ? [{action: 'scheduler:TagResource', resource: store.groupArn(Name)}] : []),
  ],
  run({Name, Tags = []}, {clock}, store) {
    if (!/^[\w.-]{1,64}$/.test(Name)) throw invalid(`Value '${Name}' at 'name' failed to satisfy constraint`);
    if (store.groups.has(Name)) throw conflict(`Schedule group ${Name} already exists.`);
    const now = clock.now();
    store.groups.set(Name, {Name, tags: tagged({}, Tags), createdAt: now, modifiedAt: now});
    return {ScheduleGroupArn: store.groupArn(Name)};
  },
});
