import type {Origin} from './origin.ts';
import type {Resolvable} from './resolvable.ts';

export interface LogGroup {
  /** Logical ID in a template, its name in an account. */
  readonly name: string;
  readonly logGroupName: Resolvable<string>;
  /** Days; absent means for ever. */
  readonly retention?: Resolvable<number>;
  /** Absent where it is not known, as in templates. */
  readonly storedBytes?: number;
  readonly origin: Origin;
}
