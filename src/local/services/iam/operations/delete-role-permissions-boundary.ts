import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {noSuchEntity} from '../errors.ts';
import {onRole} from '../permissions.ts';
import type {IamStore} from '../store.ts';

export const deleteRolePermissionsBoundary = operationOf<IamStore>()({
  name: 'DeleteRolePermissionsBoundary',
  input: structure({RoleName: required(string)}),
  permissions: ({RoleName}, _, store) => [onRole('DeleteRolePermissionsBoundary', RoleName, store)],
  run({RoleName}, _, store) {
    const {boundary, ...role} = store.roleByName(RoleName);
    if (boundary === undefined) throw noSuchEntity(`The role ${RoleName} does not have a permissions boundary.`);
    store.saveRole(role);
    return {};
  },
});
