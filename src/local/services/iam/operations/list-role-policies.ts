import {operationOf} from '../../../operation.ts';
import {integer, required, string, structure} from '../../../shape.ts';
import {page} from '../paging.ts';
import {onRole} from '../permissions.ts';
import type {IamStore} from '../store.ts';

export const listRolePolicies = operationOf<IamStore>()({
  name: 'ListRolePolicies',
  input: structure({RoleName: required(string), Marker: string, MaxItems: integer}),
  permissions: ({RoleName}, _, store) => [onRole('ListRolePolicies', RoleName, store)],
  run({RoleName, ...paging}, _, store) {
    const {items, ...rest} = page(Object.keys(store.roleByName(RoleName).inline), name => name, paging);
    return {PolicyNames: items, ...rest};
  },
});
