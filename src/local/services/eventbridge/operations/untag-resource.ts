import {operationOf} from '../../../operation.ts';
import {list, required, string, structure} from '../../../shape.ts';
import type {EventBridgeStore} from '../store.ts';
import {taggedBy} from '../tags.ts';

export const untagResource = operationOf<EventBridgeStore>()({
  name: 'UntagResource',
  input: structure({ResourceARN: required(string), TagKeys: required(list(string))}),
  permissions: ({ResourceARN}) => [{action: 'events:UntagResource', resource: ResourceARN}],
  run({ResourceARN, TagKeys}, _context, store) {
    const resource = taggedBy(ResourceARN, store);
    resource.replace(Object.fromEntries(Object.entries(resource.tags).filter(([key]) => !TagKeys.includes(key))));
    return {};
  },
});
