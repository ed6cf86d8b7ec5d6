import {operationOf} from '../../../operation.ts';
import {blob, list, map, required, string, structure} from '../../../shape.ts';
import {checkAlgorithm} from '../cryptography.ts';
import {invalid} from '../errors.ts';
import {onKey, underContext} from '../permissions.ts';
import type {KmsStore} from '../store.ts';

export const encrypt = operationOf<KmsStore>()({
  name: 'Encrypt',
  input: structure({
    KeyId: required(string),
    Plaintext: required(blob),
    EncryptionContext: map(string),
    GrantTokens: list(string),
    EncryptionAlgorithm: string,
  }),
  permissions: (input, context, store) => [
    onKey('Encrypt', input, context, store, underContext(input.EncryptionContext)),
  ],
  run({KeyId, Plaintext, EncryptionContext = {}, EncryptionAlgorithm}, _context, store) {
    checkAlgorithm(EncryptionAlgorithm);
    if (Plaintext.length < 1 || Plaintext.length > 4096)
      throw invalid(
        "1 validation error detected: Value at 'plaintext' failed to satisfy constraint: Member must have length between 1 and 4096",
      );
    const key = store.key(KeyId);
    return {
      CiphertextBlob: store.encrypt(key, Plaintext, EncryptionContext),
      KeyId: store.arnOf(key.id),
      EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    };
  },
});
