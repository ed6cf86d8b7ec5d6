import {operationOf} from '../../../operation.ts';
import {boolean, required, string, structure} from '../../../shape.ts';
import {checkIdentityPolicy, policySize} from '../check-policy.ts';
import {limitExceeded} from '../errors.ts';
import {onPolicy} from '../permissions.ts';
import {customerPolicy} from '../policy-versions.ts';
import {presentVersion} from '../present.ts';
import type {IamStore} from '../store.ts';

export const createPolicyVersion = operationOf<IamStore>()({
  name: 'CreatePolicyVersion',
  input: structure({PolicyArn: required(string), PolicyDocument: required(string), SetAsDefault: boolean}),
  permissions: ({PolicyArn}, _, store) => [onPolicy('CreatePolicyVersion', PolicyArn, store)],
  run({PolicyArn, PolicyDocument, SetAsDefault = false}, {clock}, store) {
    const policy = customerPolicy(PolicyArn, store);
    checkIdentityPolicy(PolicyDocument);
    if (policySize(PolicyDocument) > 6144) throw limitExceeded('Cannot exceed quota for PolicySize: 6144');
    if (policy.versions.length >= 5)
      throw limitExceeded(
        'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
      );
    const version = {versionId: `v${policy.nextVersion}`, document: PolicyDocument, createDate: clock.now()};
    const changed = {
      ...policy,
      updateDate: clock.now(),
      defaultVersionId: SetAsDefault ? version.versionId : policy.defaultVersionId,
      versions: [...policy.versions, version],
      nextVersion: policy.nextVersion + 1,
    };
    store.savePolicy(changed);
    return {PolicyVersion: presentVersion(version, changed)};
  },
});
