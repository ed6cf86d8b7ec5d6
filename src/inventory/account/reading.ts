import type {NotChecked} from '../../model/finding.ts';
import type {Resolvable} from '../../model/resolvable.ts';
import type {AccountIdentity} from './account-identity.ts';

/** Where is read, and how: what `attempt` cannot read is noted as not checked for the rule, and comes out unresolved. */
export interface Reading extends AccountIdentity {
  attempt<T>(rule: string, resource: string, read: () => Promise<T>): Promise<Resolvable<T>>;
  note(unread: NotChecked): void;
}
