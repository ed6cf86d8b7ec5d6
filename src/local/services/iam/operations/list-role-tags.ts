import {operationOf} from '../../../operation.ts';
import {integer, required, string, structure} from '../../../shape.ts';
import {page} from '../paging.ts';
import {onRole} from '../permissions.ts';
import type {IamStore} from '../store.ts';

export const listRoleTags = operationOf<IamStore>()({
  name: 'ListRoleTags',
  input: structure({RoleName: required(string), Marker: string, MaxItems: integer}),
  permissions: ({RoleName}, _, store) => [onRole('ListRoleTags', RoleName, store)],
  run({RoleName, ...paging}, _, store) {
    const {items, ...rest} = page(store.roleByName(RoleName).tags, ({Key}) => Key, paging);
    return {Tags: items, ...rest};
  },
});
