import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {string, structure} from '../../../shape.ts';
import {type GrantRecord, grantIdKey} from '../grant.ts';
import {onKey} from '../permissions.ts';
import type {KmsStore} from '../store.ts';

interface GrantName {
  readonly GrantToken?: string | undefined;
  readonly KeyId?: string | undefined;
  readonly GrantId?: string | undefined;
}

export const retireGrant = operationOf<KmsStore>()({
  name: 'RetireGrant',
  input: structure({GrantToken: string, KeyId: string, GrantId: string}),
  permissions(input, context, store) {
    const {id, keyId} = named(input, store);
    return [onKey('RetireGrant', {KeyId: keyId}, context, store, {[grantIdKey]: id})];
  },
  run(input, _context, store) {
    store.grants.delete(named(input, store).id);
    return {};
  },
});

function named({GrantToken, KeyId, GrantId}: GrantName, store: KmsStore): GrantRecord {
  const grant =
    GrantToken === undefined
      ? store.grants.get(GrantId ?? '')
      : [...store.grants.values()].find(({token}) => token === GrantToken);
  if (grant === undefined || (KeyId !== undefined && store.keyIdOf(KeyId) !== grant.keyId))
    throw new ServiceError('NotFoundException', 'The grant is not found');
  return grant;
}
