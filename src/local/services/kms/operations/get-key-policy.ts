import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onKey} from '../permissions.ts';
import {checkPolicyName} from '../policy-name.ts';
import type {KmsStore} from '../store.ts';

export const getKeyPolicy = operationOf<KmsStore>()({
  name: 'GetKeyPolicy',
  input: structure({KeyId: required(string), PolicyName: string}),
  permissions: (input, context, store) => [onKey('GetKeyPolicy', input, context, store)],
  run({KeyId, PolicyName}, _context, store) {
    checkPolicyName(PolicyName);
    return {Policy: store.key(KeyId).policy, PolicyName: 'default'};
  },
});
