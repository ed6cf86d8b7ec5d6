import {operationOf} from '../../../operation.ts';
import {integer, required, string, structure} from '../../../shape.ts';
import {page} from '../paging.ts';
import {onPolicy} from '../permissions.ts';
import type {IamStore} from '../store.ts';

/** Only roles: this account has neither users nor groups. */
export const listEntitiesForPolicy = operationOf<IamStore>()({
  name: 'ListEntitiesForPolicy',
  input: structure({
    PolicyArn: required(string),
    EntityFilter: string,
    PathPrefix: string,
    PolicyUsageFilter: string,
    Marker: string,
    MaxItems: integer,
  }),
  permissions: ({PolicyArn}, _, store) => [onPolicy('ListEntitiesForPolicy', PolicyArn, store)],
  run({PolicyArn, EntityFilter = 'Role', PathPrefix = '/', PolicyUsageFilter, ...paging}, _, store) {
    store.policyByArn(PolicyArn);
    const roles = new Set([
      ...(PolicyUsageFilter === 'PermissionsBoundary' ? [] : store.rolesWith(PolicyArn)),
      ...(PolicyUsageFilter === 'PermissionsPolicy' ? [] : store.rolesBoundedBy(PolicyArn)),
    ]);
    const shown = [...roles].filter(({path}) => EntityFilter === 'Role' && path.startsWith(PathPrefix));
    const {items, ...rest} = page(shown, ({roleName}) => roleName, paging);
    return {
      PolicyGroups: [],
      PolicyUsers: [],
      PolicyRoles: items.map(({roleName, roleId}) => ({RoleName: roleName, RoleId: roleId})),
      ...rest,
    };
  },
});
