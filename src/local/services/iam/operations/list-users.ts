import {operationOf} from '../../../operation.ts';
import {integer, string, structure} from '../../../shape.ts';
import type {IamStore} from '../store.ts';

/** The account has no users: the developer's keys belong to nobody that IAM lists. */
export const listUsers = operationOf<IamStore>()({
  name: 'ListUsers',
  input: structure({PathPrefix: string, Marker: string, MaxItems: integer}),
  permissions: (_input, _context, store) => [
    {action: 'iam:ListUsers', resource: `arn:aws:iam::${store.account}:user/`},
  ],
  run: () => ({Users: [], IsTruncated: false}),
});
