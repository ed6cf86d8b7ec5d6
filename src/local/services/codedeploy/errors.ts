import {ServiceError} from '../../service-error.ts';

/** CodeDeploy has an exception of its own for everything; `code` is its name without that word. */
export function exception(code: string, message: string): ServiceError {
  return new ServiceError(`${code}Exception`, message);
}
