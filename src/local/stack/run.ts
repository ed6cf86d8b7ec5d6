import type {Caller} from '../caller.ts';
import type {CloudFormationStore} from '../services/cloudformation/store.ts';
import type {Place} from './blueprint.ts';

/** What every step of the engine works with. */
export interface Run extends Place {
  readonly store: CloudFormationStore;
  call<T>(caller: Caller, service: string, operation: string, input: object): Promise<T>;
  /** Whether nothing more is to be started on this stack: the engine closes, or the update is cancelled. */
  stopping(stackId: string): boolean;
  closing(): boolean;
  cancelled(stackId: string): boolean;
  /** Lets the cloud's time pass. Throws Interrupted when the engine closes. */
  pause(milliseconds: number): Promise<void>;
}
