import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {shownGrant} from '../grant.ts';
import {pageMembers, pageOf} from '../page.ts';
import {onKey} from '../permissions.ts';
import type {KmsStore} from '../store.ts';

export const listGrants = operationOf<KmsStore>()({
  name: 'ListGrants',
  input: structure({KeyId: required(string), GrantId: string, GranteePrincipal: string, ...pageMembers}),
  permissions: (input, context, store) => [onKey('ListGrants', input, context, store)],
  run({KeyId, GrantId, GranteePrincipal, ...input}, _context, store) {
    const key = store.key(KeyId);
    const grants = store
      .grantsOf(key.id)
      .filter(({id, grantee}) => id === (GrantId ?? id) && grantee === (GranteePrincipal ?? grantee));
    const {page, ...rest} = pageOf(grants, input);
    return {Grants: page.map(grant => shownGrant(grant, store.arnOf(key.id))), ...rest};
  },
});
