import {operationOf} from '../../../operation.ts';
import {list, required, string, structure} from '../../../shape.ts';
import type {SnsStore} from '../store.ts';
import {taggedTopic} from '../tags.ts';

export const untagResource = operationOf<SnsStore>()({
  name: 'UntagResource',
  input: structure({ResourceArn: required(string), TagKeys: required(list(string))}),
  permissions: ({ResourceArn}) => [{action: 'sns:UntagResource', resource: ResourceArn}],
  run({ResourceArn, TagKeys}, _context, store) {
    const topic = taggedTopic(ResourceArn, store);
    const tags = Object.fromEntries(Object.entries(topic.tags).filter(([key]) => !TagKeys.includes(key)));
    store.topics.set(topic.arn, {...topic, tags});
    return {};
  },
});
