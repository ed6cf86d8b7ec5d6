import {notImplemented} from '../../service-error.ts';
import {invalid} from './errors.ts';

export function checkAlgorithm(algorithm = 'SYMMETRIC_DEFAULT'): void {
  if (algorithm !== 'SYMMETRIC_DEFAULT') throw notImplemented(`the KMS EncryptionAlgorithm ${algorithm}`);
}

/** How long a data key is, which a caller says in one of two ways. */
export function dataKeyLength({
  KeySpec,
  NumberOfBytes,
}: {
  readonly KeySpec?: string | undefined;
  readonly NumberOfBytes?: number | undefined;
}): number {
  if ((KeySpec === undefined) === (NumberOfBytes === undefined))
    throw invalid('Please specify either number of bytes or key spec.');
  if (NumberOfBytes !== undefined) return checkLength(NumberOfBytes);
  const length = {AES_128: 16, AES_256: 32}[KeySpec!];
  if (length === undefined)
    throw invalid(
      `1 validation error detected: Value '${KeySpec}' at 'keySpec' failed to satisfy constraint: Member must satisfy enum value set: [AES_256, AES_128]`,
    );
  return length;
}

export function checkLength(bytes: number): number {
  if (bytes < 1 || bytes > 1024)
    throw invalid(
      `1 validation error detected: Value '${bytes}' at 'numberOfBytes' failed to satisfy constraint: Member must be between 1 and 1024`,
    );
  return bytes;
}
