import {exitCodes, GearError} from '../errors.ts';
import {type TargetFlags, targetWords} from './target-words.ts';

/** ^C while CloudFormation works: it goes on, and this is how to go on with it. */
export function detached(stackName: string, flags: TargetFlags, {cancellable = true} = {}): GearError {
  const words = targetWords({...flags, stack: stackName}).join(' ');
  return new GearError(`Detached. CloudFormation goes on with ${stackName}.`, {
    code: 'INTERRUPTED',
    exit: exitCodes.interrupted,
    suggestions: [
      `gear deploy --watch ${words}, to watch on`,
      ...(cancellable ? [`gear deploy --cancel ${words}, to cancel it`] : []),
    ],
  });
}
