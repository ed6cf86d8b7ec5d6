import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {checkIdentityPolicy, policySize} from '../check-policy.ts';
import {limitExceeded} from '../errors.ts';
import {checkName} from '../names.ts';
import {onRole} from '../permissions.ts';
import type {IamStore} from '../store.ts';

export const putRolePolicy = operationOf<IamStore>()({
  name: 'PutRolePolicy',
  input: structure({RoleName: required(string), PolicyName: required(string), PolicyDocument: required(string)}),
  permissions: ({RoleName}, _, store) => [onRole('PutRolePolicy', RoleName, store)],
  run({RoleName, PolicyName, PolicyDocument}, _, store) {
    const role = store.roleByName(RoleName);
    checkName('policyName', PolicyName, 128);
    checkIdentityPolicy(PolicyDocument);
    const inline = {...role.inline, [PolicyName]: PolicyDocument};
    // The limit is on all inline policies of the role together.
    if (Object.values(inline).reduce((size, text) => size + policySize(text), 0) > 10_240)
      throw limitExceeded(`Maximum policy size of 10240 bytes exceeded for role ${RoleName}`);
    store.saveRole({...role, inline});
    return {};
  },
});
