import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {deleteConflict} from '../errors.ts';
import {onPolicy} from '../permissions.ts';
import {customerPolicy, versionOf} from '../policy-versions.ts';
import type {IamStore} from '../store.ts';

export const deletePolicyVersion = operationOf<IamStore>()({
  name: 'DeletePolicyVersion',
  input: structure({PolicyArn: required(string), VersionId: required(string)}),
  permissions: ({PolicyArn}, _, store) => [onPolicy('DeletePolicyVersion', PolicyArn, store)],
  run({PolicyArn, VersionId}, {clock}, store) {
    const policy = customerPolicy(PolicyArn, store);
    const version = versionOf(policy, VersionId);
    if (VersionId === policy.defaultVersionId) throw deleteConflict('Cannot delete the default version of a policy.');
    const versions = policy.versions.filter(candidate => candidate !== version);
    store.savePolicy({...policy, versions, updateDate: clock.now()});
    return {};
  },
});
