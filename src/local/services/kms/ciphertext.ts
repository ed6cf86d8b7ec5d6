import {createCipheriv, createDecipheriv, randomBytes} from 'node:crypto';
import {invalidCiphertext} from './errors.ts';

/** Pairs that are not secret, but must be the same when the ciphertext is decrypted. */
export type EncryptionContext = Readonly<Record<string, string>>;

const format = Buffer.from([0x67, 0x01]);
const keyIdAt = 2;
const materialAt = keyIdAt + 16;
const ivAt = materialAt + 2;
const tagAt = ivAt + 12;
const contentAt = tagAt + 16;

/** Which key, and which of its materials, a ciphertext was made under. */
interface CiphertextOrigin {
  readonly keyId: string;
  readonly material: number;
}

/** AES-256-GCM. What names the key is authenticated together with the encryption context. */
export function seal(
  plaintext: Uint8Array,
  secret: string,
  origin: CiphertextOrigin,
  context: EncryptionContext,
): Buffer {
  const header = Buffer.alloc(ivAt);
  format.copy(header);
  Buffer.from(origin.keyId.replaceAll('-', ''), 'hex').copy(header, keyIdAt);
  header.writeUInt16BE(origin.material, materialAt);
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(secret, 'base64'), iv);
  cipher.setAAD(Buffer.concat([header, canonical(context)]));
  const content = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([header, iv, cipher.getAuthTag(), content]);
}

export function open(ciphertext: Uint8Array, secret: string, context: EncryptionContext): Buffer {
  const bytes = Buffer.from(ciphertext);
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(secret, 'base64'), bytes.subarray(ivAt, tagAt));
  decipher.setAAD(Buffer.concat([bytes.subarray(0, ivAt), canonical(context)]));
  decipher.setAuthTag(bytes.subarray(tagAt, contentAt));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(contentAt)), decipher.final()]);
  } catch {
    throw invalidCiphertext();
  }
}

export function originOf(ciphertext: Uint8Array): CiphertextOrigin {
  const bytes = Buffer.from(ciphertext);
  if (bytes.length < contentAt || !bytes.subarray(0, keyIdAt).equals(format)) throw invalidCiphertext();
  const hex = bytes.toString('hex', keyIdAt, materialAt);
  return {
    keyId: hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
    material: bytes.readUInt16BE(materialAt),
  };
}

/** The order of the pairs says nothing. */
function canonical(context: EncryptionContext): Buffer {
  return Buffer.from(JSON.stringify(Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1))));
}
