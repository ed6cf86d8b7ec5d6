import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import type {SchedulerStore} from '../store.ts';
import {taggedGroup} from '../tags.ts';

export const listTagsForResource = operationOf<SchedulerStore>()({
  name: 'ListTagsForResource',
  input: structure({ResourceArn: required(string)}),
  http: {method: 'GET', path: '/tags/{ResourceArn}'},
  permissions: ({ResourceArn}) => [{action: 'scheduler:ListTagsForResource', resource: ResourceArn}],
  run: ({ResourceArn}, _context, store) => ({
    Tags: Object.entries(taggedGroup(ResourceArn, store).tags).map(([Key, Value]) => ({Key, Value})),
  }),
});
