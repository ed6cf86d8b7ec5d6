import {createCipheriv, createDecipheriv, randomBytes} from 'node:crypto';
import {DecryptCommand, GenerateDataKeyCommand, type KMSClient} from '@aws-sdk/client-kms';

/** An encrypted payload, together with the key that opens it, which only KMS can open. All in base64. */
export interface Envelope {
  readonly dataKey: string;
  readonly iv: string;
  readonly tag: string;
  readonly ciphertext: string;
}

/** KMS opens a key only for the context it was made for, so an envelope that is put into another request stays shut. */
export interface EncryptionContext {
  readonly service: string;
  readonly requestId: string;
}

export async function seal(
  {client, keyId}: {readonly client: KMSClient; readonly keyId: string},
  payload: string,
  {service, requestId}: EncryptionContext,
): Promise<Envelope> {
  const {Plaintext, CiphertextBlob} = await client.send(
    new GenerateDataKeyCommand({KeyId: keyId, KeySpec: 'AES_256', EncryptionContext: {service, requestId}}),
  );
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', Plaintext!, iv);
  const ciphertext = Buffer.concat([cipher.update(payload, 'utf8'), cipher.final()]);
  return {
    dataKey: base64(CiphertextBlob!),
    iv: base64(iv),
    tag: base64(cipher.getAuthTag()),
    ciphertext: base64(ciphertext),
  };
}

export async function open(
  {client, keyId}: {readonly client: KMSClient; readonly keyId: string},
  {dataKey, iv, tag, ciphertext}: Envelope,
  {service, requestId}: EncryptionContext,
): Promise<string> {
  const {Plaintext} = await client.send(
    new DecryptCommand({KeyId: keyId, CiphertextBlob: bytes(dataKey), EncryptionContext: {service, requestId}}),
  );
  const decipher = createDecipheriv('aes-256-gcm', Plaintext!, bytes(iv), {authTagLength: 16});
  decipher.setAuthTag(bytes(tag));
  return Buffer.concat([decipher.update(bytes(ciphertext)), decipher.final()]).toString();
}

function base64(value: Uint8Array): string {
  return Buffer.from(value).toString('base64');
}

function bytes(value: string): Buffer {
  return Buffer.from(value, 'base64');
}
