import {ServiceError} from '../../service-error.ts';

export function invalid(message: string): ServiceError {
  return new ServiceError('ValidationException', message);
}

export function notFound(message: string): ServiceError {
  return new ServiceError('ResourceNotFoundException', message, {status: 404});
}

export function conflict(message: string): ServiceError {
  return new ServiceError('ConflictException', message, {status: 409});
}
