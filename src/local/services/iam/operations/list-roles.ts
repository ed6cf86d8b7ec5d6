import {operationOf} from '../../../operation.ts';
import {integer, string, structure} from '../../../shape.ts';
import {page} from '../paging.ts';
import {presentListedRole} from '../present.ts';
import type {IamStore} from '../store.ts';

export const listRoles = operationOf<IamStore>()({
  name: 'ListRoles',
  input: structure({PathPrefix: string, Marker: string, MaxItems: integer}),
  permissions: () => [{action: 'iam:ListRoles', resource: '*'}],
  run({PathPrefix = '/', ...paging}, _, store) {
    const roles = [...store.roles()].filter(({path}) => path.startsWith(PathPrefix));
    const {items, ...rest} = page(roles, ({roleName}) => roleName, paging);
    return {Roles: items.map(presentListedRole), ...rest};
  },
});
