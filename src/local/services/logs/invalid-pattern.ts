import {ServiceError} from '../../service-error.ts';

export function invalidPattern(detail: string): ServiceError {
  return new ServiceError('InvalidParameterException', `Invalid filter pattern: ${detail}`);
}
