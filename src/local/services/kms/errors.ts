import {ServiceError} from '../../service-error.ts';

export function keyNotFound(arn: string): ServiceError {
  return new ServiceError('NotFoundException', `Key '${arn}' does not exist`);
}

export function aliasNotFound(arn: string): ServiceError {
  return new ServiceError('NotFoundException', `Alias ${arn} is not found.`);
}

export function invalid(message: string): ServiceError {
  return new ServiceError('ValidationException', message);
}

/** AWS says no more than the code, so that nobody learns which of the two it was. */
export function invalidCiphertext(): ServiceError {
  return new ServiceError(
    'InvalidCiphertextException',
    'The ciphertext is damaged, or the encryption context is not the one it was encrypted under.',
  );
}
