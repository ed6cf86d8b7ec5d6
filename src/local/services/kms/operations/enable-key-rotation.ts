import {operationOf} from '../../../operation.ts';
import {integer, required, string, structure} from '../../../shape.ts';
import {invalid} from '../errors.ts';
import {onKey} from '../permissions.ts';
import type {KmsStore} from '../store.ts';

export const enableKeyRotation = operationOf<KmsStore>()({
  name: 'EnableKeyRotation',
  input: structure({KeyId: required(string), RotationPeriodInDays: integer}),
  permissions: (input, context, store) => [
    onKey('EnableKeyRotation', input, context, store, {
      'kms:RotationPeriodInDays': String(input.RotationPeriodInDays ?? 365),
    }),
  ],
  run({KeyId, RotationPeriodInDays: period}, {clock}, store) {
    if (period !== undefined && (period < 90 || period > 2560))
      throw invalid('RotationPeriodInDays can be 90 to 2560.');
    const key = store.livingKey(KeyId);
    const periodInDays = period ?? key.rotation?.periodInDays ?? 365;
    store.save({...key, rotation: {periodInDays, since: clock.now()}});
    return {};
  },
});
