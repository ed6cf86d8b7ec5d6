import {operationOf} from '../../../operation.ts';
import {list, required, string, structure} from '../../../shape.ts';
import {onKey} from '../permissions.ts';
import type {KmsStore} from '../store.ts';

export const untagResource = operationOf<KmsStore>()({
  name: 'UntagResource',
  input: structure({KeyId: required(string), TagKeys: required(list(string))}),
  permissions: (input, context, store) => [onKey('UntagResource', input, context, store)],
  run({KeyId, TagKeys}, _context, store) {
    const key = store.livingKey(KeyId);
    const tags = Object.fromEntries(Object.entries(key.tags).filter(([tag]) => !TagKeys.includes(tag)));
    store.save({...key, tags});
    return {};
  },
});
