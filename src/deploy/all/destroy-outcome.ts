import type {DestroyPlan} from '../destroy-plan.ts';
import type {Destroyed} from '../destroy-stack.ts';

/** How the deletion of one of several services went. */
export type DestroyOutcome = {readonly service: string; readonly stack: string} & (
  | {readonly status: 'deleted'; readonly plan: DestroyPlan; readonly destroyed: Destroyed}
  | {readonly status: 'planned'; readonly plan: DestroyPlan}
  | {readonly status: 'failed'; readonly error: unknown}
  /** For the service that could not be deleted: it needs this one, or was the reason to delete none. */
  | {readonly status: 'skipped'; readonly because: string}
  /** There is no stack of it. */
  | {readonly status: 'absent'}
  | {readonly status: 'not-confirmed'}
  /** Not `begun`: nothing was taken out of its buckets either. `partly`: a first attempt has failed, and was to be repeated. */
  | {readonly status: 'interrupted'; readonly begun: boolean; readonly partly?: true}
  /** Interrupted while CloudFormation deleted it, which goes on; not `certain`: it may, as no answer came. */
  | {readonly status: 'detached'; readonly certain: boolean}
);
