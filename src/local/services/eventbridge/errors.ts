import {ServiceError} from '../../service-error.ts';

export function notFound(message: string): ServiceError {
  return new ServiceError('ResourceNotFoundException', message);
}

export function invalid(message: string): ServiceError {
  return new ServiceError('ValidationException', message);
}
