import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {limitExceeded} from '../errors.ts';
import {onRole} from '../permissions.ts';
import type {IamStore} from '../store.ts';

export const attachRolePolicy = operationOf<IamStore>()({
  name: 'AttachRolePolicy',
  input: structure({RoleName: required(string), PolicyArn: required(string)}),
  permissions: ({RoleName, PolicyArn}, _, store) => [
    onRole('AttachRolePolicy', RoleName, store, {'iam:PolicyARN': PolicyArn}),
  ],
  run({RoleName, PolicyArn}, _, store) {
    const role = store.roleByName(RoleName);
    store.policyByArn(PolicyArn);
    if (role.attached.includes(PolicyArn)) return {};
    if (role.attached.length >= 10) throw limitExceeded('Cannot exceed quota for PoliciesPerRole: 10');
    store.saveRole({...role, attached: [...role.attached, PolicyArn]});
    return {};
  },
});
