import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {pageMembers} from '../page.ts';
import {onKey} from '../permissions.ts';
import type {KmsStore} from '../store.ts';

export const listKeyPolicies = operationOf<KmsStore>()({
  name: 'ListKeyPolicies',
  input: structure({KeyId: required(string), ...pageMembers}),
  permissions: (input, context, store) => [onKey('ListKeyPolicies', input, context, store)],
  run({KeyId}, _context, store) {
    store.key(KeyId);
    return {PolicyNames: ['default'], Truncated: false};
  },
});
