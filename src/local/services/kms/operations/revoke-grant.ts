import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {required, string, structure} from '../../../shape.ts';
import {onKey} from '../permissions.ts';
import type {KmsStore} from '../store.ts';

export const revokeGrant = operationOf<KmsStore>()({
  name: 'RevokeGrant',
  input: structure({KeyId: required(string), GrantId: required(string)}),
  permissions: (input, context, store) => [onKey('RevokeGrant', input, context, store)],
  run({KeyId, GrantId}, _context, store) {
    if (store.grants.get(GrantId)?.keyId !== store.key(KeyId).id)
      throw new ServiceError('NotFoundException', `Grant ID ${GrantId} not found`);
    store.grants.delete(GrantId);
    return {};
  },
});
