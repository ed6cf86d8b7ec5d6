import {operationOf} from '../../../operation.ts';
import {list, required, string, structure} from '../../../shape.ts';
import type {CloudwatchStore} from '../store.ts';
import {taggedBy} from '../tagged.ts';

export const untagResource = operationOf<CloudwatchStore>()({
  name: 'UntagResource',
  input: structure({ResourceARN: required(string), TagKeys: required(list(string))}),
  permissions: input => [{action: 'cloudwatch:UntagResource', resource: input.ResourceARN}],
  run({ResourceARN, TagKeys}, _context, store) {
    const tagged = taggedBy(ResourceARN, store);
    tagged.replace(Object.fromEntries(Object.entries(tagged.tags).filter(([key]) => !TagKeys.includes(key))));
    return {};
  },
});
