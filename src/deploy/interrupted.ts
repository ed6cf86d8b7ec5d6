import {exitCodes, GearError} from '../errors.ts';

/** ^C where more is to be said than that it was heard: `left` is what it leaves. */
export function interrupted(left: string, suggestions: readonly string[] = []): GearError {
  return new GearError(`Interrupted. ${left}`, {code: 'INTERRUPTED', exit: exitCodes.interrupted, suggestions});
}
