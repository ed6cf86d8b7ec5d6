import type {RequestContext} from '../../operation.ts';
import {ServiceError} from '../../service-error.ts';
import type {ParameterVersion} from './parameter.ts';

/** A standard SecureString is encrypted by KMS itself, as the caller, under the parameter's ARN. */
export async function encryptValue(
  value: string,
  KeyId: string,
  arn: string,
  context: RequestContext,
): Promise<string> {
  const {CiphertextBlob} = await throughKms(() =>
    context.call<{CiphertextBlob: Uint8Array}>('kms', 'Encrypt', {
      KeyId,
      Plaintext: Buffer.from(value),
      EncryptionContext: {PARAMETER_ARN: arn},
    }),
  );
  return Buffer.from(CiphertextBlob).toString('base64');
}

export async function readValue(
  {type, value}: ParameterVersion,
  arn: string,
  decrypts: boolean,
  context: RequestContext,
): Promise<string> {
  if (type !== 'SecureString' || !decrypts) return value;
  const {Plaintext} = await throughKms(() =>
    context.call<{Plaintext: Uint8Array}>('kms', 'Decrypt', {
      CiphertextBlob: Buffer.from(value, 'base64'),
      EncryptionContext: {PARAMETER_ARN: arn},
    }),
  );
  return Buffer.from(Plaintext).toString('utf8');
}

/** A denial keeps KMS's words; for what is wrong with the key SSM has one code. */
async function throughKms<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof ServiceError) || error.code === 'AccessDeniedException') throw error;
    throw new ServiceError('InvalidKeyId', `${error.message} (Service: AWSKMS; Error Code: ${error.code})`);
  }
}
