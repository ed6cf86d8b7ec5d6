import type {Resolvable} from './resolvable.ts';

/** The template of a nested stack, that lies beside the one that nests it. */
export interface NestedTemplate {
  readonly file: string;
  /** What it is given; one that is not named here has its default. */
  readonly parameters: Readonly<Record<string, Resolvable<string>>>;
}
