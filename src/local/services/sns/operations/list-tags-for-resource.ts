import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import type {SnsStore} from '../store.ts';
import {taggedTopic} from '../tags.ts';

export const listTagsForResource = operationOf<SnsStore>()({
  name: 'ListTagsForResource',
  input: structure({ResourceArn: required(string)}),
  permissions: ({ResourceArn}) => [{action: 'sns:ListTagsForResource', resource: ResourceArn}],
  run: ({ResourceArn}, _context, store) => ({
    Tags: Object.entries(taggedTopic(ResourceArn, store).tags).map(([Key, Value]) => ({Key, Value})),
  }),
});
