import {operationOf} from '../../../operation.ts';
import {structure} from '../../../shape.ts';
import {onParameter} from '../permissions.ts';
import type {SsmStore} from '../store.ts';
import {tagged, taggedMembers} from '../tags.ts';

export const listTagsForResource = operationOf<SsmStore>()({
  name: 'ListTagsForResource',
  input: structure(taggedMembers),
  permissions: ({ResourceId}, _context, store) => [onParameter('ListTagsForResource', ResourceId, store)],
  run: (input, _context, store) => ({
    TagList: Object.entries(tagged(input, store).tags).map(([Key, Value]) => ({Key, Value})),
  }),
});
