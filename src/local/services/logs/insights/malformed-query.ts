import {ServiceError} from '../../../service-error.ts';

export function malformedQuery(detail: string): ServiceError {
  return new ServiceError('MalformedQueryException', `The query is malformed: ${detail}`);
}
