import {setTimeout as sleep} from 'node:timers/promises';
import {troubleOf} from '../aws/trouble.ts';

interface Pace {
  readonly pollMilliseconds: number;
  readonly signal?: AbortSignal;
}

/** Reads again when a read fails for a reason that passes: a deployment goes on while nobody looks. */
export async function persist<T>(read: () => Promise<T>, {pollMilliseconds, signal}: Pace): Promise<T> {
  const started = performance.now();
  for (let attempt = 1; ; attempt++)
    try {
      return await read();
    } catch (error) {
      const tired = attempt === attempts || performance.now() - started > longest;
      if (tired || troubleOf(error) === undefined) throw error;
      await sleep(Math.min(pollMilliseconds * 2 ** attempt, longestPause), undefined, signal && {signal});
    }
}

/** With a poll every two seconds, about three minutes. */
const attempts = 8;
const longestPause = 30_000;
/** Who does not answer takes longer to be asked. */
const longest = 3 * 60_000;
