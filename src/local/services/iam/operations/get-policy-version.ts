import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onPolicy} from '../permissions.ts';
import {versionOf} from '../policy-versions.ts';
import {encodeDocument, presentVersion} from '../present.ts';
import type {IamStore} from '../store.ts';

export const getPolicyVersion = operationOf<IamStore>()({
  name: 'GetPolicyVersion',
  input: structure({PolicyArn: required(string), VersionId: required(string)}),
  permissions: ({PolicyArn}, _, store) => [onPolicy('GetPolicyVersion', PolicyArn, store)],
  run({PolicyArn, VersionId}, _, store) {
    const policy = store.policyByArn(PolicyArn);
    const version = versionOf(policy, VersionId);
    return {PolicyVersion: {Document: encodeDocument(version.document), ...presentVersion(version, policy)}};
  },
});
