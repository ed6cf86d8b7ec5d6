import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import type {EventBridgeStore} from '../store.ts';
import {taggedBy} from '../tags.ts';

export const listTagsForResource = operationOf<EventBridgeStore>()({
  name: 'ListTagsForResource',
  input: structure({ResourceARN: required(string)}),
  permissions: ({ResourceARN}) => [{action: 'events:ListTagsForResource', resource: ResourceARN}],
  run: ({ResourceARN}, _context, store) => ({
    Tags: Object.entries(taggedBy(ResourceARN, store).tags).map(([Key, Value]) => ({Key, Value})),
  }),
});
