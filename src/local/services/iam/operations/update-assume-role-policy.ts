import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {checkTrustPolicy, policySize} from '../check-policy.ts';
import {limitExceeded} from '../errors.ts';
import {onRole} from '../permissions.ts';
import type {IamStore} from '../store.ts';

export const updateAssumeRolePolicy = operationOf<IamStore>()({
  name: 'UpdateAssumeRolePolicy',
  input: structure({RoleName: required(string), PolicyDocument: required(string)}),
  permissions: ({RoleName}, _, store) => [onRole('UpdateAssumeRolePolicy', RoleName, store)],
  run({RoleName, PolicyDocument}, _, store) {
    const role = store.roleByName(RoleName);
    checkTrustPolicy(PolicyDocument, arn => store.mayExist(arn));
    if (policySize(PolicyDocument) > 2048) throw limitExceeded('Cannot exceed quota for ACLSizePerRole: 2048');
    store.saveRole({...role, trustPolicy: PolicyDocument});
    return {};
  },
});
