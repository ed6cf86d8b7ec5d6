/**
 * Seconds to wait before the next attempt: three times as long each time, at most SQS's 15 minutes, and up to half of
 * it left to chance, so that what failed together does not come back together.
 */
export function backOff(attempts: number, firstDelay: number, random: () => number = Math.random): number {
  const full = Math.min(maximumDelay, firstDelay * 3 ** attempts);
  return Math.ceil(full * (1 - random() / 2));
}

const maximumDelay = 900;
