import {operationOf} from '../../../operation.ts';
import {structure} from '../../../shape.ts';
import {pageMembers, pageOf} from '../page.ts';
import {onAnything} from '../permissions.ts';
import type {KmsStore} from '../store.ts';

export const listKeys = operationOf<KmsStore>()({
  name: 'ListKeys',
  input: structure(pageMembers),
  permissions: (_input, context) => [onAnything('ListKeys', context)],
  run(input, _context, store) {
    const {page, ...rest} = pageOf(store.keys(), {...input, Limit: input.Limit ?? 100});
    return {Keys: page.map(({id}) => ({KeyId: id, KeyArn: store.arnOf(id)})), ...rest};
  },
});
