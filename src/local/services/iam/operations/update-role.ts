import {operationOf} from '../../../operation.ts';
import {integer, required, string, structure} from '../../../shape.ts';
import {checkMaxSessionDuration} from '../names.ts';
import {onRole} from '../permissions.ts';
import type {IamStore} from '../store.ts';

export const updateRole = operationOf<IamStore>()({
  name: 'UpdateRole',
  input: structure({RoleName: required(string), Description: string, MaxSessionDuration: integer}),
  permissions: ({RoleName}, _, store) => [onRole('UpdateRole', RoleName, store)],
  run({RoleName, Description, MaxSessionDuration}, _, store) {
    const role = store.roleByName(RoleName);
    if (MaxSessionDuration !== undefined) checkMaxSessionDuration(MaxSessionDuration);
    store.saveRole({
      ...role,
      ...(Description === undefined ? {} : {description: Description}),
      maxSessionDuration: MaxSessionDuration ?? role.maxSessionDuration,
    });
    return {};
  },
});
