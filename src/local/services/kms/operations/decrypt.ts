import {operationOf} from '../../../operation.ts';
import {blob, list, map, required, string, structure} from '../../../shape.ts';
import {checkAlgorithm} from '../cryptography.ts';
import {keyOfCiphertext, onKey, underContext} from '../permissions.ts';
import type {KmsStore} from '../store.ts';

export const decrypt = operationOf<KmsStore>()({
  name: 'Decrypt',
  input: structure({
    CiphertextBlob: required(blob),
    EncryptionContext: map(string),
    GrantTokens: list(string),
    KeyId: string,
    EncryptionAlgorithm: string,
  }),
  permissions: ({KeyId, CiphertextBlob, EncryptionContext}, context, store) => [
    onKey('Decrypt', keyOfCiphertext(KeyId, CiphertextBlob), context, store, underContext(EncryptionContext)),
  ],
  run({KeyId, CiphertextBlob, EncryptionContext = {}, EncryptionAlgorithm}, _context, store) {
    checkAlgorithm(EncryptionAlgorithm);
    const {key, plaintext} = store.decrypt(CiphertextBlob, EncryptionContext, KeyId);
    return {KeyId: store.arnOf(key.id), Plaintext: plaintext, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT'};
  },
});
