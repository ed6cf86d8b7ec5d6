import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {groupNameOf, onTags} from '../arns.ts';
import type {LogsStore} from '../store.ts';

export const listTagsForResource = operationOf<LogsStore>()({
  name: 'ListTagsForResource',
  input: structure({resourceArn: required(string)}),
  permissions: (input, context) => [onTags('ListTagsForResource', input.resourceArn, context)],
  run: (input, _context, store) => ({tags: store.group(groupNameOf(input.resourceArn)).tags}),
});
