import {randomBytes} from 'node:crypto';
import type {RequestContext} from '../../operation.ts';
import {type Infer, integer, list, map, required, string, structure} from '../../shape.ts';
import {dataKeyLength} from './cryptography.ts';
import {onKey, underContext} from './permissions.ts';
import type {KmsStore} from './store.ts';

export const dataKeyInput = structure({
  KeyId: required(string),
  EncryptionContext: map(string),
  NumberOfBytes: integer,
  KeySpec: string,
  GrantTokens: list(string),
});
type DataKeyInput = Infer<typeof dataKeyInput>;

export function dataKeyPermissions(action: string, input: DataKeyInput, context: RequestContext, store: KmsStore) {
  return [onKey(action, input, context, store, underContext(input.EncryptionContext))];
}

/** A fresh key for the caller's own encryption, and the same key encrypted, to be kept beside what it protects. */
export function makeDataKey({KeyId, EncryptionContext = {}, ...size}: DataKeyInput, store: KmsStore) {
  const key = store.key(KeyId);
  const Plaintext = randomBytes(dataKeyLength(size));
  return {CiphertextBlob: store.encrypt(key, Plaintext, EncryptionContext), Plaintext, KeyId: store.arnOf(key.id)};
}
