import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onRole} from '../permissions.ts';
import type {IamStore} from '../store.ts';

export const putRolePermissionsBoundary = operationOf<IamStore>()({
  name: 'PutRolePermissionsBoundary',
  input: structure({RoleName: required(string), PermissionsBoundary: required(string)}),
  permissions: ({RoleName, PermissionsBoundary}, _, store) => [
    onRole('PutRolePermissionsBoundary', RoleName, store, {'iam:PermissionsBoundary': PermissionsBoundary}),
  ],
  run({RoleName, PermissionsBoundary}, _, store) {
    const role = store.roleByName(RoleName);
    store.policyByArn(PermissionsBoundary);
    store.saveRole({...role, boundary: PermissionsBoundary});
    return {};
  },
});
