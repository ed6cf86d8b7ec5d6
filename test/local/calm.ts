import type {Disorder} from '../../src/local/disorder.ts';

/** Nothing goes wrong on purpose: a test says what does. */
export const calm: Disorder = {
  seed: '',
  repeats: () => false,
  delay: () => 0,
  throttles: () => false,
  kill: () => undefined,
};
