import {operationOf} from '../../../operation.ts';
import {required, structure} from '../../../shape.ts';
import {tagList} from '../../../tag-list.ts';
import {onParameter} from '../permissions.ts';
import type {SsmStore} from '../store.ts';
import {limitedTags, tagged, taggedMembers} from '../tags.ts';

export const addTagsToResource = operationOf<SsmStore>()({
  name: 'AddTagsToResource',
  input: structure({...taggedMembers, Tags: required(tagList)}),
  permissions: ({ResourceId}, _context, store) => [onParameter('AddTagsToResource', ResourceId, store)],
  run({Tags, ...input}, _context, store) {
    const parameter = tagged(input, store);
    const before = Object.entries(parameter.tags).map(([Key, Value]) => ({Key, Value}));
    store.save({...parameter, tags: limitedTags([...before, ...Tags])});
    return {};
  },
});
