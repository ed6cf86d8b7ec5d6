import {operationOf} from '../../../operation.ts';
import {integer, required, string, structure} from '../../../shape.ts';
import {invalid} from '../errors.ts';
import {onKey} from '../permissions.ts';
import type {KmsStore} from '../store.ts';

const day = 86_400_000;

export const scheduleKeyDeletion = operationOf<KmsStore>()({
  name: 'ScheduleKeyDeletion',
  input: structure({KeyId: required(string), PendingWindowInDays: integer}),
  permissions: (input, context, store) => [
    onKey('ScheduleKeyDeletion', input, context, store, {
      'kms:ScheduleKeyDeletionPendingWindowInDays': String(input.PendingWindowInDays ?? 30),
    }),
  ],
  run({KeyId, PendingWindowInDays = 30}, {clock}, store) {
    if (PendingWindowInDays < 7 || PendingWindowInDays > 30) throw invalid('PendingWindowInDays can be 7 to 30.');
    const key = store.livingKey(KeyId);
    const deletionAt = clock.now() + PendingWindowInDays * day;
    store.save({...key, enabled: false, deletionAt});
    return {
      KeyId: store.arnOf(key.id),
      DeletionDate: new Date(deletionAt),
      KeyState: 'PendingDeletion',
      PendingWindowInDays,
    };
  },
});
