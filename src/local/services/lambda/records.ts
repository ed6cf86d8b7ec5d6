import type {FunctionConfiguration} from './function-configuration.ts';

/** A function as it is kept: `$LATEST`, and what belongs to no version. */
export interface FunctionRecord {
  readonly latest: FunctionConfiguration;
  /** Number of the last published version, also of one that was deleted: numbers are not used twice. */
  readonly lastVersion: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly reservedConcurrency?: number;
}

export interface AliasRecord {
  readonly AliasArn: string;
  readonly Name: string;
  readonly FunctionVersion: string;
  readonly Description: string;
  readonly RevisionId: string;
  /** Further versions and the share of the invocations each of them gets. */
  readonly RoutingConfig?: {readonly AdditionalVersionWeights: Readonly<Record<string, number>>};
}

export interface PolicyRecord {
  readonly statements: readonly PolicyStatement[];
  readonly revisionId: string;
}

export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Principal: '*' | {readonly Service: string} | {readonly AWS: string};
  readonly Action: string;
  readonly Resource: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface EventInvokeRecord {
  /** Seconds since the epoch. */
  readonly LastModified: number;
  /** With its qualifier, `$LATEST` included. */
  readonly FunctionArn: string;
  readonly MaximumRetryAttempts?: number;
  readonly MaximumEventAgeInSeconds?: number;
  readonly DestinationConfig?: DestinationConfig;
}

export interface DestinationConfig {
  readonly OnSuccess?: {readonly Destination?: string};
  readonly OnFailure?: {readonly Destination?: string};
}

/** Between a queue, or a stream, and a function. */
export interface EventSourceMapping {
  readonly UUID: string;
  readonly EventSourceMappingArn: string;
  readonly EventSourceArn: string;
  readonly FunctionArn: string;
  readonly BatchSize: number;
  readonly MaximumBatchingWindowInSeconds: number;
  readonly FunctionResponseTypes: readonly string[];
  readonly ScalingConfig?: {readonly MaximumConcurrency: number};
  readonly FilterCriteria?: {readonly Filters: readonly {readonly Pattern: string}[]};
  readonly State: 'Enabled' | 'Disabled';
  /** Seconds since the epoch. */
  readonly LastModified: number;
  readonly tags: Readonly<Record<string, string>>;
}

export interface StreamMapping extends EventSourceMapping {
  readonly StartingPosition: 'TRIM_HORIZON' | 'LATEST';
  readonly ParallelizationFactor: number;
  /** -1: as long as the stream keeps them. */
  readonly MaximumRecordAgeInSeconds: number;
  readonly BisectBatchOnFunctionError: boolean;
  /** -1: without end. */
  readonly MaximumRetryAttempts: number;
  readonly DestinationConfig: {readonly OnFailure: {readonly Destination?: string}};
}

export function isStreamMapping(mapping: EventSourceMapping): mapping is StreamMapping {
  return 'StartingPosition' in mapping;
}

/** How far a mapping has come in its stream. */
export interface StreamCheckpoint {
  /** Every record up to here is done with; from the beginning when there is none. */
  readonly after?: string;
  /** Records beyond it that are done with: batches of other items overtake one that is tried again. */
  readonly done: readonly string[];
}

/** An event that was accepted with 202 and waits for its turn, or for its next attempt. */
export interface AsyncInvocation {
  readonly requestId: string;
  readonly functionName: string;
  readonly qualifier?: string;
  /** JSON text. */
  readonly payload: string;
  readonly clientContext?: string;
  /** Milliseconds since the epoch, here and below. */
  readonly acceptedAt: number;
  readonly notBefore: number;
  /** Invocations that ended in an error. */
  readonly failures: number;
  readonly throttles: number;
}
