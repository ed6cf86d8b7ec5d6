import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {tagList} from '../../../tag-list.ts';
import type {SnsStore} from '../store.ts';
import {tagged, taggedTopic} from '../tags.ts';

export const tagResource = operationOf<SnsStore>()({
  name: 'TagResource',
  input: structure({ResourceArn: required(string), Tags: required(tagList)}),
  permissions: ({ResourceArn}) => [{action: 'sns:TagResource', resource: ResourceArn}],
  run({ResourceArn, Tags}, _context, store) {
    const topic = taggedTopic(ResourceArn, store);
    store.topics.set(topic.arn, {...topic, tags: tagged(topic.tags, Tags)});
    return {};
  },
});
