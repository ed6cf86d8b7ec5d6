import {InOtherHands} from './process-request.ts';

/**
 * Seconds after which a message that failed comes back. What another invocation has in hand is looked at again when
 * that one is over, at the latest: to look sooner, and oftener, would use up the receives of a request that is well.
 */
export function hiddenFor(error: unknown, receives: number, firstDelay: number, now = Date.now() / 1000): number {
  if (error instanceof InOtherHands) return Math.max(1, Math.ceil(error.until - now));
  return backOff(receives, firstDelay);
}

/**
 * Seconds to wait after so many receives: twice as long each time, at most 15 minutes, and up to half of it left
 * to chance, so that what failed together does not come back together.
 */
export function backOff(receives: number, firstDelay: number, random: () => number = Math.random): number {
  const full = Math.min(maximumDelay, firstDelay * 2 ** (receives - 1));
  return Math.ceil(full * (1 - random() / 2));
}

const maximumDelay = 900;
