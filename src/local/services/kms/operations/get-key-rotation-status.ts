import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {nextRotation} from '../key.ts';
import {onKey} from '../permissions.ts';
import type {KmsStore} from '../store.ts';

export const getKeyRotationStatus = operationOf<KmsStore>()({
  name: 'GetKeyRotationStatus',
  input: structure({KeyId: required(string)}),
  permissions: (input, context, store) => [onKey('GetKeyRotationStatus', input, context, store)],
  run({KeyId}, _context, store) {
    const key = store.key(KeyId);
    const next = nextRotation(key);
    return {
      KeyRotationEnabled: key.rotation !== undefined,
      KeyId: store.arnOf(key.id),
      RotationPeriodInDays: key.rotation?.periodInDays,
      NextRotationDate: next === undefined ? undefined : new Date(next),
    };
  },
});
