import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {deleteConflict} from '../errors.ts';
import {onRole} from '../permissions.ts';
import type {IamStore} from '../store.ts';

export const deleteRole = operationOf<IamStore>()({
  name: 'DeleteRole',
  input: structure({RoleName: required(string)}),
  permissions: ({RoleName}, _, store) => [onRole('DeleteRole', RoleName, store)],
  run({RoleName}, _, store) {
    const {attached, inline} = store.roleByName(RoleName);
    if (attached.length > 0) throw deleteConflict('Cannot delete entity, must detach all policies first.');
    if (Object.keys(inline).length > 0) throw deleteConflict('Cannot delete entity, must delete policies first.');
    store.deleteRole(RoleName);
    return {};
  },
});
