import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {tagList} from '../../../tag-list.ts';
import type {CloudwatchStore} from '../store.ts';
import {taggedBy} from '../tagged.ts';

export const tagResource = operationOf<CloudwatchStore>()({
  name: 'TagResource',
  input: structure({ResourceARN: required(string), Tags: required(tagList)}),
  permissions: input => [{action: 'cloudwatch:TagResource', resource: input.ResourceARN}],
  run({ResourceARN, Tags}, _context, store) {
    const tagged = taggedBy(ResourceARN, store);
    tagged.replace({...tagged.tags, ...Object.fromEntries(Tags.map(({Key, Value}) => [Key, Value]))});
    return {};
  },
});
