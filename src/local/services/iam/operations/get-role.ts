import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onRole} from '../permissions.ts';
import {presentRole} from '../present.ts';
import type {IamStore} from '../store.ts';

export const getRole = operationOf<IamStore>()({
  name: 'GetRole',
  input: structure({RoleName: required(string)}),
  permissions: ({RoleName}, _, store) => [onRole('GetRole', RoleName, store)],
  run: ({RoleName}, _, store) => ({Role: presentRole(store.roleByName(RoleName), store)}),
});
