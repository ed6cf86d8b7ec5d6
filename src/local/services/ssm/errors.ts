import {ServiceError} from '../../service-error.ts';

export function parameterNotFound(name?: string): ServiceError {
  return new ServiceError('ParameterNotFound', name === undefined ? '' : `Parameter ${name} not found.`);
}

export function invalid(message: string): ServiceError {
  return new ServiceError('ValidationException', message);
}
