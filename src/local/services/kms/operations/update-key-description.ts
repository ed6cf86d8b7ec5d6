import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onKey} from '../permissions.ts';
import type {KmsStore} from '../store.ts';

export const updateKeyDescription = operationOf<KmsStore>()({
  name: 'UpdateKeyDescription',
  input: structure({KeyId: required(string), Description: required(string)}),
  permissions: (input, context, store) => [onKey('UpdateKeyDescription', input, context, store)],
  run({KeyId, Description: description}, _context, store) {
    store.save({...store.livingKey(KeyId), description});
    return {};
  },
});
