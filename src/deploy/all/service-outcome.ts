/** How it went with one of several services. */
export type ServiceOutcome<Review> = {readonly service: string; readonly stack: string} & (
  | {readonly status: 'deployed' | 'unchanged'; readonly outputs: Readonly<Record<string, string>>}
  | {readonly status: 'planned'; readonly review: Review}
  | {readonly status: 'unknown'; readonly unknown: readonly Unknown[]}
  | {readonly status: 'failed'; readonly error: unknown}
  /** For the service that could not be prepared or failed. */
  | {readonly status: 'skipped'; readonly because: string}
  | {readonly status: 'not-approved' | 'interrupted'}
);

/** A service whose changes cannot be known before others are deployed. */
export interface LateService {
  readonly service: string;
  readonly unknown: readonly Unknown[];
}

/** What of which service is not there yet; without an output it is the service itself. */
export interface Unknown {
  readonly service: string;
  readonly parameter?: string;
  readonly output?: string;
}
