import {operationOf} from '../../../operation.ts';
import {notImplemented} from '../../../service-error.ts';
import {boolean, string, structure} from '../../../shape.ts';
import {keyMetadata} from '../key.ts';
import {checkKeyPolicy} from '../key-policy.ts';
import {requireRulable} from '../lockout.ts';
import {keyShape, onAnything, onKey} from '../permissions.ts';
import type {KmsStore} from '../store.ts';
import {tagList, tagMap} from '../tags.ts';

/** Symmetric keys of one region only; every other kind is refused by name. */
export const createKey = operationOf<KmsStore>()({
  name: 'CreateKey',
  input: structure({
    Policy: string,
    Description: string,
    KeyUsage: string,
    KeySpec: string,
    CustomerMasterKeySpec: string,
    Origin: string,
    MultiRegion: boolean,
    BypassPolicyLockoutSafetyCheck: boolean,
    Tags: tagList,
  }),
  permissions: ({Tags = [], BypassPolicyLockoutSafetyCheck: bypass = false}, context, store) => [
    onAnything('CreateKey', context, {...keyShape, 'kms:BypassPolicyLockoutSafetyCheck': String(bypass)}),
    ...(Tags.length > 0 ? [onKey('TagResource', {KeyId: '*'}, context, store)] : []),
  ],
  run(input, context, store) {
    const {
      KeyUsage = 'ENCRYPT_DECRYPT',
      Origin = 'AWS_KMS',
      MultiRegion = false,
      Policy,
      Description: description,
    } = input;
    const spec = input.KeySpec ?? input.CustomerMasterKeySpec ?? 'SYMMETRIC_DEFAULT';
    if (spec !== 'SYMMETRIC_DEFAULT') throw notImplemented(`the KMS KeySpec ${spec}`);
    if (KeyUsage !== 'ENCRYPT_DECRYPT') throw notImplemented(`the KMS KeyUsage ${KeyUsage}`);
    if (Origin !== 'AWS_KMS') throw notImplemented(`the KMS Origin ${Origin}`);
    if (MultiRegion) throw notImplemented('KMS MultiRegion keys');
    if (Policy !== undefined) checkKeyPolicy(Policy);
    const key = store.state.transaction(() => {
      const created = store.createKey({description, policy: Policy, tags: tagMap(input.Tags)});
      if (input.BypassPolicyLockoutSafetyCheck !== true) requireRulable(created, context, store);
      return created;
    });
    return {KeyMetadata: keyMetadata(key, {account: store.account, arn: store.arnOf(key.id)})};
  },
});
