import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {noSuchEntity} from '../errors.ts';
import {onRole} from '../permissions.ts';
import type {IamStore} from '../store.ts';

export const deleteRolePolicy = operationOf<IamStore>()({
  name: 'DeleteRolePolicy',
  input: structure({RoleName: required(string), PolicyName: required(string)}),
  permissions: ({RoleName}, _, store) => [onRole('DeleteRolePolicy', RoleName, store)],
  run({RoleName, PolicyName}, _, store) {
    const role = store.roleByName(RoleName);
    const {[PolicyName]: removed, ...inline} = role.inline;
    if (removed === undefined) throw noSuchEntity(`The role policy with name ${PolicyName} cannot be found.`);
    store.saveRole({...role, inline});
    return {};
  },
});
