import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onKey} from '../permissions.ts';
import type {KmsStore} from '../store.ts';

export const enableKey = operationOf<KmsStore>()({
  name: 'EnableKey',
  input: structure({KeyId: required(string)}),
  permissions: (input, context, store) => [onKey('EnableKey', input, context, store)],
  run({KeyId}, _context, store) {
    store.save({...store.livingKey(KeyId), enabled: true});
    return {};
  },
});
