/**
 * Seconds to wait after so many receives: twice as long each time, at most 15 minutes, and up to half of it left
 * to chance, so that what failed together does not come back together.
 */
export function backOff(receives: number, firstDelay: number, random: () => number = Math.random): number {
  const full = Math.min(maximumDelay, firstDelay * 2 ** (receives - 1));
  return Math.ceil(full * (1 - random() / 2));
}

const maximumDelay = 900;
