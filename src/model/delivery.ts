import type {Origin} from './origin.ts';
import type {Resolvable} from './resolvable.ts';

/** What brings events to a target by itself, and can put aside what it could not bring. */
export interface Delivery {
  readonly kind: 'subscription' | 'event-rule' | 'schedule';
  /** Logical ID of the subscription, rule or schedule. */
  readonly name: string;
  /** An ARN, or the address of an HTTP endpoint. */
  readonly target: Resolvable<string>;
  /** Absent without one. */
  readonly deadLetterQueue?: Resolvable<string>;
  readonly origin: Origin;
}
