import {ServiceError} from '../../service-error.ts';

export function invalidParameter(message: string): ServiceError {
  return new ServiceError('InvalidParameter', `Invalid parameter: ${message}`);
}

export function notFound(message: string): ServiceError {
  return new ServiceError('NotFound', message, {status: 404});
}
