import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onKey} from '../permissions.ts';
import type {KmsStore} from '../store.ts';

export const disableKeyRotation = operationOf<KmsStore>()({
  name: 'DisableKeyRotation',
  input: structure({KeyId: required(string)}),
  permissions: (input, context, store) => [onKey('DisableKeyRotation', input, context, store)],
  run({KeyId}, _context, store) {
    const {rotation: _, ...key} = store.livingKey(KeyId);
    store.save(key);
    return {};
  },
});
