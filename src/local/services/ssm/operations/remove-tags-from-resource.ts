import {operationOf} from '../../../operation.ts';
import {list, required, string, structure} from '../../../shape.ts';
import {onParameter} from '../permissions.ts';
import type {SsmStore} from '../store.ts';
import {tagged, taggedMembers} from '../tags.ts';

export const removeTagsFromResource = operationOf<SsmStore>()({
  name: 'RemoveTagsFromResource',
  input: structure({...taggedMembers, TagKeys: required(list(string))}),
  permissions: ({ResourceId}, _context, store) => [onParameter('RemoveTagsFromResource', ResourceId, store)],
  run({TagKeys, ...input}, _context, store) {
    const parameter = tagged(input, store);
    const tags = Object.fromEntries(Object.entries(parameter.tags).filter(([tag]) => !TagKeys.includes(tag)));
    store.save({...parameter, tags});
    return {};
  },
});
