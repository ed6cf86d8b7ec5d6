import type {Origin} from './origin.ts';
import type {Resolvable} from './resolvable.ts';

export interface EventSourceMapping {
  /** `Ingest.QueueEvent` or a logical ID in a template, a UUID in an account. */
  readonly name: string;
  /** ARN of the function, without version or alias. */
  readonly functionArn: Resolvable<string>;
  readonly kind: EventSourceKind;
  readonly sourceArn: Resolvable<string>;
  readonly batchSize: Resolvable<number>;
  /** Seconds. */
  readonly batchingWindow: Resolvable<number>;
  readonly reportsBatchItemFailures: Resolvable<boolean>;
  /** -1 is for ever. Streams only. */
  readonly maximumRetryAttempts: Resolvable<number>;
  /** Seconds; -1 is for ever. Streams only. */
  readonly maximumRecordAge: Resolvable<number>;
  readonly bisectsBatch: Resolvable<boolean>;
  readonly onFailureDestination?: Resolvable<string>;
  /** Of a queue; absent without one. */
  readonly maximumConcurrency?: Resolvable<number>;
  readonly origin: Origin;
}

export type EventSourceKind = 'sqs' | 'kinesis' | 'dynamodb' | 'kafka' | 'mq' | 'documentdb' | 'unknown';

export interface Queue {
  readonly name: string;
  readonly arn: string;
  /** Seconds. */
  readonly visibilityTimeout: Resolvable<number>;
  /** Seconds; absent means 4 days. */
  readonly retention?: Resolvable<number>;
  readonly fifo?: Resolvable<boolean>;
  /** Absent without one. */
  readonly redrivePolicy?: Resolvable<RedrivePolicy>;
  /** Something puts there what it could not deliver. */
  readonly isDeadLetterQueue: Resolvable<boolean>;
  readonly origin: Origin;
}

export interface RedrivePolicy {
  readonly deadLetterTargetArn: Resolvable<string>;
  readonly maxReceiveCount: Resolvable<number>;
}
