import type {Origin} from './origin.ts';
import type {PolicyDocument} from './policy.ts';
import type {Resolvable} from './resolvable.ts';

/** The policy of a function, queue, topic, secret, key or bucket: who else may use it. */
export interface ResourcePolicy {
  /** Logical ID of the resource that holds the document; in an account the name of what it is about. */
  readonly name: string;
  readonly kind: 'function' | 'queue' | 'topic' | 'secret' | 'key' | 'bucket';
  /** ARNs of what it is about. */
  readonly targets: readonly Resolvable<string>[];
  readonly document: Resolvable<PolicyDocument>;
  readonly origin: Origin;
}
