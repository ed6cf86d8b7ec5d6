import {operationOf} from '../../../operation.ts';
import {integer, string, structure} from '../../../shape.ts';
import type {IamStore} from '../store.ts';

/** The account has no groups: the developer's keys belong to nobody that IAM lists. */
export const listGroups = operationOf<IamStore>()({
  name: 'ListGroups',
  input: structure({PathPrefix: string, Marker: string, MaxItems: integer}),
  permissions: () => [{action: 'iam:ListGroups', resource: '*'}],
  run: () => ({Groups: [], IsTruncated: false}),
});
