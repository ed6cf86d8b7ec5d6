import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {deleteConflict} from '../errors.ts';
import {onPolicy} from '../permissions.ts';
import {customerPolicy} from '../policy-versions.ts';
import type {IamStore} from '../store.ts';

export const deletePolicy = operationOf<IamStore>()({
  name: 'DeletePolicy',
  input: structure({PolicyArn: required(string)}),
  permissions: ({PolicyArn}, _, store) => [onPolicy('DeletePolicy', PolicyArn, store)],
  run({PolicyArn}, _, store) {
    const policy = customerPolicy(PolicyArn, store);
    if (store.rolesWith(PolicyArn).length + store.rolesBoundedBy(PolicyArn).length > 0)
      throw deleteConflict('Cannot delete a policy attached to entities.');
    if (policy.versions.length > 1)
      throw deleteConflict(
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
      );
    store.deletePolicy(PolicyArn);
    return {};
  },
});
