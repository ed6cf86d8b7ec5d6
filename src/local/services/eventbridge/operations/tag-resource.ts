import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {tagList} from '../../../tag-list.ts';
import type {EventBridgeStore} from '../store.ts';
import {tagged, taggedBy} from '../tags.ts';

export const tagResource = operationOf<EventBridgeStore>()({
  name: 'TagResource',
  input: structure({ResourceARN: required(string), Tags: required(tagList)}),
  permissions: ({ResourceARN}) => [{action: 'events:TagResource', resource: ResourceARN}],
  run({ResourceARN, Tags}, _context, store) {
    const resource = taggedBy(ResourceARN, store);
    resource.replace(tagged(resource.tags, Tags));
    return {};
  },
});
