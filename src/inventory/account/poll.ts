import {setTimeout as wait} from 'node:timers/promises';
import {exitCodes, GearError} from '../../errors.ts';

export interface Patience {
  /** Milliseconds before the first question; each further wait is half as long again. */
  readonly first: number;
  readonly longest: number;
  /** After that it is given up. */
  readonly inAll: number;
  readonly signal: AbortSignal;
}

/** Asks until there is an answer; the wait ends at once when the signal is aborted. */
export async function poll<T>(
  ask: () => Promise<T | undefined>,
  {first, longest, inAll, signal}: Patience,
): Promise<T> {
  for (let pause = first, waited = 0; waited < inAll; pause = Math.min(pause * 1.5, longest)) {
    await wait(pause, undefined, {signal}).catch(error => {
      throw signal.aborted ? interrupted() : error;
    });
    waited += pause;
    const answer = await ask();
    if (answer !== undefined) return answer;
  }
  throw new GearError(`there was no answer within ${Math.round(inAll / 60_000)} minutes`, {code: 'NO_ANSWER'});
}

function interrupted(): GearError {
  return new GearError('Interrupted', {code: 'INTERRUPTED', exit: exitCodes.interrupted});
}
