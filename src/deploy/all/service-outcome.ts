import type {DraftReview} from '../review/draft-review.ts';
import type {Review} from '../review/review.ts';

/** How it went with one of several services. */
export type ServiceOutcome = {readonly service: string; readonly stack: string} & (
  | {readonly status: 'deployed' | 'unchanged'; readonly outputs: Readonly<Record<string, string>>}
  | {readonly status: 'planned'; readonly review: Review}
  | {readonly status: 'unknown'; readonly unknown: readonly Unknown[]; readonly draft: DraftReview}
  | {readonly status: 'failed'; readonly error: unknown}
  /** For the service that could not be prepared or failed. */
  | {readonly status: 'skipped'; readonly because: string}
  | {readonly status: 'not-approved' | 'interrupted'}
  /** Interrupted while CloudFormation worked, which goes on. */
  | {readonly status: 'detached'}
);

/** A service whose changes cannot all be known before others are deployed. */
export interface LateService {
  readonly service: string;
  readonly unknown: readonly Unknown[];
  /** What can be said of them all the same. */
  readonly draft: DraftReview;
}

/** What of which service is not there yet; without an output it is the service itself. */
export interface Unknown {
  readonly service: string;
  readonly parameter?: string;
  readonly output?: string;
}
