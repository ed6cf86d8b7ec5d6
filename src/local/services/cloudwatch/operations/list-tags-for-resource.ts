import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import type {CloudwatchStore} from '../store.ts';
import {taggedBy} from '../tagged.ts';

export const listTagsForResource = operationOf<CloudwatchStore>()({
  name: 'ListTagsForResource',
  input: structure({ResourceARN: required(string)}),
  permissions: input => [{action: 'cloudwatch:ListTagsForResource', resource: input.ResourceARN}],
  run: (input, _context, store) => ({
    Tags: Object.entries(taggedBy(input.ResourceARN, store).tags).map(([Key, Value]) => ({Key, Value})),
  }),
});
