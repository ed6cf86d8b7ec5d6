import {operationOf} from '../../../operation.ts';
import {integer, required, string, structure} from '../../../shape.ts';
import {page} from '../paging.ts';
import {onRole} from '../permissions.ts';
import {presentAttached} from '../present.ts';
import type {IamStore} from '../store.ts';

export const listAttachedRolePolicies = operationOf<IamStore>()({
  name: 'ListAttachedRolePolicies',
  input: structure({RoleName: required(string), PathPrefix: string, Marker: string, MaxItems: integer}),
  permissions: ({RoleName}, _, store) => [onRole('ListAttachedRolePolicies', RoleName, store)],
  run({RoleName, PathPrefix = '/', ...paging}, _, store) {
    const attached = store
      .roleByName(RoleName)
      .attached.filter(arn => store.policyByArn(arn).path.startsWith(PathPrefix));
    const {items, ...rest} = page(attached, arn => arn, paging);
    return {AttachedPolicies: items.map(presentAttached), ...rest};
  },
});
