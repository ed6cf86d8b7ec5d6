import {createCipheriv, createDecipheriv, randomBytes} from 'node:crypto';
import type {RequestContext} from '../../operation.ts';
import {ServiceError} from '../../service-error.ts';
import type {SealedValue} from './secret.ts';

export interface SecretValue {
  readonly kind: SealedValue['kind'];
  readonly bytes: Uint8Array;
}

/** Which version of which secret: KMS authenticates it, and key policies can ask for it. */
export interface VersionName {
  readonly arn: string;
  readonly versionId: string;
}

/**
 * As the caller, who needs the KMS key as well as the secret.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 */
export async function sealValue(
  {kind, bytes}: SecretValue,
  name: VersionName,
  kmsKeyId: string | undefined,
  context: RequestContext,
): Promise<SealedValue> {
  const {Plaintext, CiphertextBlob} = await throughKms('EncryptionFailure', () =>
    context.call<{Plaintext: Uint8Array; CiphertextBlob: Uint8Array}>('kms', 'GenerateDataKey', {
      KeyId: kmsKeyId ?? 'alias/aws/secretsmanager',
      KeySpec: 'AES_256',
      EncryptionContext: encryptionContext(name),
    }),
  );
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', Plaintext, iv);
  const content = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return {
    kind,
    ...(kmsKeyId === undefined ? {} : {kmsKeyId}),
    dataKey: Buffer.from(CiphertextBlob).toString('base64'),
    content: Buffer.concat([iv, cipher.getAuthTag(), content]).toString('base64'),
  };
}

export async function openValue(
  {kind, dataKey, content}: SealedValue,
  name: VersionName,
  context: RequestContext,
): Promise<SecretValue> {
  const {Plaintext} = await throughKms('DecryptionFailure', () =>
    context.call<{Plaintext: Uint8Array}>('kms', 'Decrypt', {
      CiphertextBlob: Buffer.from(dataKey, 'base64'),
      EncryptionContext: encryptionContext(name),
    }),
  );
  const sealed = Buffer.from(content, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', Plaintext, sealed.subarray(0, 12));
  decipher.setAuthTag(sealed.subarray(12, 28));
  return {kind, bytes: Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()])};
}

function encryptionContext({arn, versionId}: VersionName): Readonly<Record<string, string>> {
  return {SecretARN: arn, SecretVersionId: versionId};
}

/** Secrets Manager's own words for what KMS refuses, and KMS's reason after them. */
async function throughKms<T>(failure: 'EncryptionFailure' | 'DecryptionFailure', call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    if (error.code === 'AccessDeniedException')
      throw new ServiceError('AccessDeniedException', `Access to KMS is not allowed. ${error.message}`);
    const verb = failure === 'EncryptionFailure' ? 'encrypt' : 'decrypt';
    throw new ServiceError(
      failure,
      `Secrets Manager can't ${verb} the protected secret text using the provided KMS key. ${error.message}`,
    );
  }
}
