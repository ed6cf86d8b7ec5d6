import {createHash} from 'node:crypto';

/**
 * The disorder that AWS allows itself, drawn from a seed: what comes twice, late or in another order, what is throttled,
 * and which handler dies in the middle. Each kind has a sequence of its own for each thing it happens to, so that what
 * happens elsewhere at the same time does not change it.
 */
export interface Disorder {
  readonly seed: string;
  /** Whether something that was delivered to this target is delivered once more. */
  repeats(target: string): boolean;
  /** Milliseconds by which a message comes later than it could. */
  delay(target: string): number;
  throttles(caller: string, action: string): boolean;
  /** Milliseconds after its begin at which an invocation's environment is killed; mostly undefined. */
  kill(functionName: string): number | undefined;
}

const shares = {repeat: 0.05, delay: 0.2, throttle: 0.02, kill: 0.03};
const longestDelay = 3000;
/** Most handlers answer within this; one that lives a little of it dies in the middle. */
const longestLife = 60;

export function seededDisorder(seed: string): Disorder {
  const draws = new Map<string, number>();
  /** The next number of a sequence, from 0 up to 1. */
  const draw = (sequence: string) => {
    const place = (draws.get(sequence) ?? 0) + 1;
    draws.set(sequence, place);
    const digest = createHash('sha256').update(`${seed}\n${sequence}\n${place}`).digest();
    return digest.readUInt32BE(0) / 2 ** 32;
  };
  return {
    seed,
    repeats: target => draw(`repeat ${target}`) < shares.repeat,
    delay(target) {
      const chance = draw(`delay ${target}`);
      return chance < shares.delay ? Math.ceil((chance / shares.delay) * longestDelay) : 0;
    },
    throttles: (caller, action) => draw(`throttle ${caller} ${action}`) < shares.throttle,
    kill(functionName) {
      const chance = draw(`kill ${functionName}`);
      return chance < shares.kill ? Math.ceil((chance / shares.kill) * longestLife) : undefined;
    },
  };
}
