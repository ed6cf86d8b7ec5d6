import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {noSuchEntity} from '../errors.ts';
import {onRole} from '../permissions.ts';
import type {IamStore} from '../store.ts';

export const detachRolePolicy = operationOf<IamStore>()({
  name: 'DetachRolePolicy',
  input: structure({RoleName: required(string), PolicyArn: required(string)}),
  permissions: ({RoleName, PolicyArn}, _, store) => [
    onRole('DetachRolePolicy', RoleName, store, {'iam:PolicyARN': PolicyArn}),
  ],
  run({RoleName, PolicyArn}, _, store) {
    const role = store.roleByName(RoleName);
    if (!role.attached.includes(PolicyArn)) throw noSuchEntity(`Policy ${PolicyArn} was not found.`);
    store.saveRole({...role, attached: role.attached.filter(arn => arn !== PolicyArn)});
    return {};
  },
});
