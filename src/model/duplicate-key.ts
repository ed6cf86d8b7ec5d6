import type {Origin} from './origin.ts';

/** A key that stands several times in one mapping of a template, of which the last one counts. */
export interface DuplicateKey {
  readonly path: readonly string[];
  /** Those without effect. */
  readonly ignored: readonly Origin[];
  readonly taken: Origin;
}
