import {operationOf} from '../../../operation.ts';
import {list, required, string, structure} from '../../../shape.ts';
import type {SchedulerStore} from '../store.ts';
import {taggedGroup} from '../tags.ts';

export const untagResource = operationOf<SchedulerStore>()({
  name: 'UntagResource',
  input: structure({ResourceArn: required(string), TagKeys: required(list(string))}),
  http: {method: 'DELETE', path: '/tags/{ResourceArn}', query: {TagKeys: 'TagKeys'}},
  permissions: ({ResourceArn}) => [{action: 'scheduler:UntagResource', resource: ResourceArn}],
  run({ResourceArn, TagKeys}, _context, store) {
    const group = taggedGroup(ResourceArn, store);
    const tags = Object.fromEntries(Object.entries(group.tags).filter(([key]) => !TagKeys.includes(key)));
    store.groups.set(group.Name, {...group, tags});
    return {};
  },
});
