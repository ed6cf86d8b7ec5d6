import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onPolicy} from '../permissions.ts';
import {customerPolicy, versionOf} from '../policy-versions.ts';
import type {IamStore} from '../store.ts';

export const setDefaultPolicyVersion = operationOf<IamStore>()({
  name: 'SetDefaultPolicyVersion',
  input: structure({PolicyArn: required(string), VersionId: required(string)}),
  permissions: ({PolicyArn}, _, store) => [onPolicy('SetDefaultPolicyVersion', PolicyArn, store)],
  run({PolicyArn, VersionId}, {clock}, store) {
    const policy = customerPolicy(PolicyArn, store);
    const {versionId} = versionOf(policy, VersionId);
    store.savePolicy({...policy, defaultVersionId: versionId, updateDate: clock.now()});
    return {};
  },
});
