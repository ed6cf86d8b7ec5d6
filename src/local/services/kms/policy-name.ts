import {ServiceError} from '../../service-error.ts';

/** A key has one policy, and this is its name. */
export function checkPolicyName(name = 'default'): void {
  if (name !== 'default') throw new ServiceError('NotFoundException', 'No such policy exists');
}
