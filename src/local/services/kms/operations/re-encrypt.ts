import {operationOf} from '../../../operation.ts';
import {blob, list, map, required, string, structure} from '../../../shape.ts';
import {checkAlgorithm} from '../cryptography.ts';
import {keyOfCiphertext, onKey, underContext} from '../permissions.ts';
import type {KmsStore} from '../store.ts';

export const reEncrypt = operationOf<KmsStore>()({
  name: 'ReEncrypt',
  input: structure({
    CiphertextBlob: required(blob),
    SourceEncryptionContext: map(string),
    SourceKeyId: string,
    DestinationKeyId: required(string),
    DestinationEncryptionContext: map(string),
    SourceEncryptionAlgorithm: string,
    DestinationEncryptionAlgorithm: string,
    GrantTokens: list(string),
  }),
  permissions(input, context, store) {
    const source = keyOfCiphertext(input.SourceKeyId, input.CiphertextBlob);
    const destination = {KeyId: input.DestinationKeyId};
    const same = String(store.keyIdOf(source.KeyId) === store.keyIdOf(destination.KeyId));
    const onSame = {'kms:ReEncryptOnSameKey': same};
    return [
      onKey('ReEncryptFrom', source, context, store, {...underContext(input.SourceEncryptionContext), ...onSame}),
      onKey('ReEncryptTo', destination, context, store, {
        ...underContext(input.DestinationEncryptionContext),
        ...onSame,
      }),
    ];
  },
  run(input, _context, store) {
    const {CiphertextBlob, SourceEncryptionContext = {}, DestinationEncryptionContext = {}} = input;
    checkAlgorithm(input.SourceEncryptionAlgorithm);
    checkAlgorithm(input.DestinationEncryptionAlgorithm);
    const {key, plaintext} = store.decrypt(CiphertextBlob, SourceEncryptionContext, input.SourceKeyId);
    const destination = store.key(input.DestinationKeyId);
    return {
      CiphertextBlob: store.encrypt(destination, plaintext, DestinationEncryptionContext),
      SourceKeyId: store.arnOf(key.id),
      KeyId: store.arnOf(destination.id),
      SourceEncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      DestinationEncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    };
  },
});
