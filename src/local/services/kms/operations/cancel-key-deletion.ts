import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {required, string, structure} from '../../../shape.ts';
import {onKey} from '../permissions.ts';
import type {KmsStore} from '../store.ts';

/** The key stays disabled until it is enabled again. */
export const cancelKeyDeletion = operationOf<KmsStore>()({
  name: 'CancelKeyDeletion',
  input: structure({KeyId: required(string)}),
  permissions: (input, context, store) => [onKey('CancelKeyDeletion', input, context, store)],
  run({KeyId}, _context, store) {
    const {deletionAt, ...key} = store.customerKey(KeyId);
    const arn = store.arnOf(key.id);
    if (deletionAt === undefined) throw new ServiceError('KMSInvalidStateException', `${arn} is not pending deletion.`);
    store.save(key);
    return {KeyId: arn};
  },
});
