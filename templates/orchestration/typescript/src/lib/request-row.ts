import type {Envelope} from './envelope.ts';
import type {Cause} from './failure.ts';

/**
 * PENDING: accepted, waits in the queue. PROCESSING: taken up at least once; between two attempts it stays so.
 * DONE, FAILED, EXPIRED: the end.
 */
export type RequestStatus = 'PENDING' | 'PROCESSING' | 'DONE' | 'FAILED' | 'EXPIRED';

/** A request, as it stands in the table. Times that DynamoDB or a condition compares are in seconds. */
export interface RequestRow {
  readonly requestId: string;
  readonly status: RequestStatus;
  /** Who asked: nobody else is told of it. */
  readonly subject: string;
  /** Of the payload, so that an idempotency key is not used for two different ones. */
  readonly fingerprint: string;
  readonly correlationId: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Until the end: not to be processed any more. After it: when the row may go. DynamoDB deletes it some time later. */
  readonly expiresAt: number;
  readonly attempts: number;
  /** Of the last attempt that failed. */
  readonly cause?: Cause;
  readonly result?: Readonly<Record<string, unknown>>;
}

/** What waits in the queue. */
export interface QueuedRequest {
  readonly requestId: string;
  readonly correlationId: string;
  readonly expiresAt: number;
  readonly envelope: Envelope;
}
