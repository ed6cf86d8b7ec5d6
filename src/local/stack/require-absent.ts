import {ServiceError} from '../service-error.ts';
import {isAbsent} from './failure.ts';

/**
 * For APIs whose create call takes over what exists already: a stack does not, or it would delete what is not its own.
 * `lookup` finds the resource or says that it is not there.
 */
export async function requireAbsent(type: string, name: string, lookup: Promise<unknown>): Promise<void> {
  try {
    if ((await lookup) === undefined) return;
  } catch (error) {
    if (isAbsent(error)) return;
    throw error;
  }
  throw new ServiceError('AlreadyExists', `Resource of type '${type}' with identifier '${name}' already exists.`);
}
