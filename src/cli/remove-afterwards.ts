import type {RemovedPackages} from '../deploy/remove-packages.ts';
import {exitCodes, GearError, isAborted} from '../errors.ts';
import {interruptible} from './interrupt.ts';

interface Afterwards {
  readonly packages?: RemovedPackages | undefined;
  readonly failure?: Error;
}

/** Takes away the packages of a stack that is gone: what goes wrong now, or ^C, must not hide that it is. */
export function removeAfterwards(
  remove: (signal: AbortSignal) => Promise<RemovedPackages | undefined>,
): Promise<Afterwards> {
  return interruptible(
    async signal => {
      try {
        return {packages: await remove(signal)};
      } catch (error) {
        return {failure: isAborted(error) ? interruptedRemoval(error) : (error as Error)};
      }
    },
    {evenUnread: true},
  );
}

export function interruptedRemoval(cause: unknown): GearError {
  return new GearError('Interrupted. Packages that were to be taken away are still there.', {
    code: 'INTERRUPTED',
    exit: exitCodes.interrupted,
    cause,
  });
}
