import {operationOf} from '../../../operation.ts';
import {boolean, integer, string, structure} from '../../../shape.ts';
import {validationError} from '../errors.ts';
import {page} from '../paging.ts';
import {presentPolicy} from '../present.ts';
import type {IamStore} from '../store.ts';

/** Of AWS's own policies only those that gear local knows. */
export const listPolicies = operationOf<IamStore>()({
  name: 'ListPolicies',
  input: structure({
    Scope: string,
    OnlyAttached: boolean,
    PathPrefix: string,
    PolicyUsageFilter: string,
    Marker: string,
    MaxItems: integer,
  }),
  permissions: () => [{action: 'iam:ListPolicies', resource: '*'}],
  run({Scope = 'All', OnlyAttached = false, PathPrefix = '/', PolicyUsageFilter, ...paging}, _, store) {
    if (!['All', 'AWS', 'Local'].includes(Scope))
      throw validationError(`Scope is ${Scope}; it can be All, AWS or Local`);
    const policies = store.managedPolicies().filter(({arn, path}) => {
      const aws = arn.startsWith('arn:aws:iam::aws:');
      if ((Scope === 'AWS' && !aws) || (Scope === 'Local' && aws) || !path.startsWith(PathPrefix)) return false;
      const attached = store.rolesWith(arn).length > 0;
      const bounding = store.rolesBoundedBy(arn).length > 0;
      if (PolicyUsageFilter === 'PermissionsPolicy' && !attached) return false;
      if (PolicyUsageFilter === 'PermissionsBoundary' && !bounding) return false;
      return !OnlyAttached || attached || bounding;
    });
    const {items, ...rest} = page(policies, ({arn}) => arn, paging);
    return {Policies: items.map(policy => presentPolicy(policy, store)), ...rest};
  },
});
