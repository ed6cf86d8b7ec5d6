import {operationOf} from '../../../operation.ts';
import {integer, string, structure} from '../../../shape.ts';
import type {IamStore} from '../store.ts';

/** The account has no users: the developer's keys belong to nobody that IAM lists. */
export const listUsers = operationOf<IamStore>()({
  name: 'ListUsers',
  input: structure({PathPrefix: string, Marker: string, MaxItems: integer}),
  permissions: () => [{action: 'iam:ListUsers', resource: '*'}],
  run: () => ({Users: [], IsTruncated: false}),
});
