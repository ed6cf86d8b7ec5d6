import {operationOf} from '../../../operation.ts';
import {integer, required, string, structure} from '../../../shape.ts';
import {page} from '../paging.ts';
import {onPolicy} from '../permissions.ts';
import {presentVersion} from '../present.ts';
import type {IamStore} from '../store.ts';

export const listPolicyVersions = operationOf<IamStore>()({
  name: 'ListPolicyVersions',
  input: structure({PolicyArn: required(string), Marker: string, MaxItems: integer}),
  permissions: ({PolicyArn}, _, store) => [onPolicy('ListPolicyVersions', PolicyArn, store)],
  run({PolicyArn, ...paging}, _, store) {
    const policy = store.policyByArn(PolicyArn);
    const {items, ...rest} = page(policy.versions, ({versionId}) => versionId.slice(1).padStart(6, '0'), paging);
    return {Versions: items.map(version => presentVersion(version, policy)), ...rest};
  },
});
