import {ServiceError} from '../../service-error.ts';

export function noSuchEntity(message: string): ServiceError {
  return new ServiceError('NoSuchEntity', message, {status: 404});
}

export function alreadyExists(message: string): ServiceError {
  return new ServiceError('EntityAlreadyExists', message, {status: 409});
}

export function deleteConflict(message: string): ServiceError {
  return new ServiceError('DeleteConflict', message, {status: 409});
}

export function limitExceeded(message: string): ServiceError {
  return new ServiceError('LimitExceeded', message, {status: 409});
}

export function malformedPolicy(message: string): ServiceError {
  return new ServiceError('MalformedPolicyDocument', message);
}

export function invalidInput(message: string): ServiceError {
  return new ServiceError('InvalidInput', message);
}

export function validationError(message: string): ServiceError {
  return new ServiceError('ValidationError', message);
}
