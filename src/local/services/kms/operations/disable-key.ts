import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onKey} from '../permissions.ts';
import type {KmsStore} from '../store.ts';

export const disableKey = operationOf<KmsStore>()({
  name: 'DisableKey',
  input: structure({KeyId: required(string)}),
  permissions: (input, context, store) => [onKey('DisableKey', input, context, store)],
  run({KeyId}, _context, store) {
    store.save({...store.livingKey(KeyId), enabled: false});
    return {};
  },
});
