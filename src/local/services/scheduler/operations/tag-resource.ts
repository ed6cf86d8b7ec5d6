import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {tagList} from '../../../tag-list.ts';
import type {SchedulerStore} from '../store.ts';
import {tagged, taggedGroup} from '../tags.ts';

export const tagResource = operationOf<SchedulerStore>()({
  name: 'TagResource',
  input: structure({ResourceArn: required(string), Tags: required(tagList)}),
  http: {method: 'POST', path: '/tags/{ResourceArn}'},
  permissions: ({ResourceArn}) => [{action: 'scheduler:TagResource', resource: ResourceArn}],
  run({ResourceArn, Tags}, _context, store) {
    const group = taggedGroup(ResourceArn, store);
    store.groups.set(group.Name, {...group, tags: tagged(group.tags, Tags)});
    return {};
  },
});
