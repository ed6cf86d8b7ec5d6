import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {noSuchEntity} from '../errors.ts';
import {onRole} from '../permissions.ts';
import {encodeDocument} from '../present.ts';
import type {IamStore} from '../store.ts';

export const getRolePolicy = operationOf<IamStore>()({
  name: 'GetRolePolicy',
  input: structure({RoleName: required(string), PolicyName: required(string)}),
  permissions: ({RoleName}, _, store) => [onRole('GetRolePolicy', RoleName, store)],
  run({RoleName, PolicyName}, _, store) {
    const role = store.roleByName(RoleName);
    const document = role.inline[PolicyName];
    if (document === undefined) throw noSuchEntity(`The role policy with name ${PolicyName} cannot be found.`);
    return {RoleName: role.roleName, PolicyName, PolicyDocument: encodeDocument(document)};
  },
});
