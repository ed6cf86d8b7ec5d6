import type {Origin} from './origin.ts';
import type {Resolvable} from './resolvable.ts';

/** A table of DynamoDB. */
export interface Table {
  readonly name: string;
  readonly arn: string;
  /** Its items expire: a time to live is switched on. */
  readonly forgets: Resolvable<boolean>;
  readonly pointInTimeRecovery: Resolvable<boolean>;
  readonly origin: Origin;
}
