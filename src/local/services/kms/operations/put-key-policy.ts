import {operationOf} from '../../../operation.ts';
import {boolean, required, string, structure} from '../../../shape.ts';
import {checkKeyPolicy} from '../key-policy.ts';
import {requireRulable} from '../lockout.ts';
import {onKey} from '../permissions.ts';
import {checkPolicyName} from '../policy-name.ts';
import type {KmsStore} from '../store.ts';

export const putKeyPolicy = operationOf<KmsStore>()({
  name: 'PutKeyPolicy',
  input: structure({
    KeyId: required(string),
    PolicyName: string,
    Policy: required(string),
    BypassPolicyLockoutSafetyCheck: boolean,
  }),
  permissions: (input, context, store) => [
    onKey('PutKeyPolicy', input, context, store, {
      'kms:BypassPolicyLockoutSafetyCheck': String(input.BypassPolicyLockoutSafetyCheck ?? false),
    }),
  ],
  run({KeyId, PolicyName, Policy, BypassPolicyLockoutSafetyCheck: bypass}, context, store) {
    checkPolicyName(PolicyName);
    checkKeyPolicy(Policy);
    const key = {...store.livingKey(KeyId), policy: Policy};
    store.state.transaction(() => {
      store.save(key);
      if (bypass !== true) requireRulable(key, context, store);
    });
    return {};
  },
});
