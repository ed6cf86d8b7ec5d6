import type {RequestContext} from '../../operation.ts';
import {notImplemented, ServiceError} from '../../service-error.ts';
import {checkEnum, checkRange, invalidParameter} from './errors.ts';
import {executionRole} from './execution-role.ts';
import type {FunctionReference} from './function-name.ts';
import {type MappingInput, mappingFilters} from './mapping-input.ts';
import type {StreamCheckpoint, StreamMapping} from './records.ts';
import {checkOnFailure, checkReading} from './role-checks.ts';
import type {LambdaStore} from './store.ts';

type StreamSettings = Omit<
  StreamMapping,
  'UUID' | 'EventSourceMappingArn' | 'EventSourceArn' | 'FunctionArn' | 'LastModified' | 'tags'
>;

/** `arn:aws:dynamodb:<region>:<account>:table/<table>/stream/<label>`. */
export const streamArnPattern = /^arn:aws:dynamodb:[^:]+:\d{12}:table\/(?<table>[^/]+)\/stream\/(?<label>[^/]+)$/;

/** The input over what was there before, or over Lambda's defaults for a stream. */
export function streamSettings(input: MappingInput, before?: StreamMapping): StreamSettings {
  const settings: StreamSettings = {
    StartingPosition: startingPosition(input, before),
    BatchSize: input.BatchSize ?? before?.BatchSize ?? 100,
    MaximumBatchingWindowInSeconds: input.MaximumBatchingWindowInSeconds ?? before?.MaximumBatchingWindowInSeconds ?? 0,
    ParallelizationFactor: input.ParallelizationFactor ?? before?.ParallelizationFactor ?? 1,
    MaximumRecordAgeInSeconds: input.MaximumRecordAgeInSeconds ?? before?.MaximumRecordAgeInSeconds ?? -1,
    BisectBatchOnFunctionError: input.BisectBatchOnFunctionError ?? before?.BisectBatchOnFunctionError ?? false,
    MaximumRetryAttempts: input.MaximumRetryAttempts ?? before?.MaximumRetryAttempts ?? -1,
    DestinationConfig: destinations(input) ?? before?.DestinationConfig ?? {OnFailure: {}},
    FunctionResponseTypes: input.FunctionResponseTypes ?? before?.FunctionResponseTypes ?? [],
    ...mappingFilters(input, before),
    State: (input.Enabled ?? before?.State !== 'Disabled') ? 'Enabled' : 'Disabled',
  };
  check(settings, input);
  return settings;
}

function startingPosition({StartingPosition}: MappingInput, before: StreamMapping | undefined) {
  if (before !== undefined) return before.StartingPosition;
  if (StartingPosition === undefined)
    throw invalidParameter(
      `1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.`,
    );
  checkEnum('startingPosition', StartingPosition, ['AT_TIMESTAMP', 'LATEST', 'TRIM_HORIZON']);
  if (StartingPosition === 'AT_TIMESTAMP')
    throw invalidParameter('Unsupported starting position for arn type: DynamoDB streams do not support AT_TIMESTAMP.');
  return StartingPosition as StreamMapping['StartingPosition'];
}

function check(settings: StreamSettings, input: MappingInput): void {
  checkRange('batchSize', settings.BatchSize, 1, 10_000);
  checkRange('maximumBatchingWindowInSeconds', settings.MaximumBatchingWindowInSeconds, 0, 300);
  checkRange('parallelizationFactor', settings.ParallelizationFactor, 1, 10);
  checkRange('maximumRecordAgeInSeconds', settings.MaximumRecordAgeInSeconds, -1, 604_800);
  checkRange('maximumRetryAttempts', settings.MaximumRetryAttempts, -1, 10_000);
  const age = settings.MaximumRecordAgeInSeconds;
  if (age > -1 && age < 60) throw invalidParameter('MaximumRecordAgeInSeconds must be -1 or between 60 and 604800.');
  for (const type of settings.FunctionResponseTypes)
    checkEnum('functionResponseTypes', type, ['ReportBatchItemFailures']);
  if (input.ScalingConfig !== undefined)
    throw invalidParameter('Unsupported ScalingConfig parameter for given event source mapping type.');
}

function destinations({DestinationConfig}: MappingInput): StreamMapping['DestinationConfig'] | undefined {
  if (DestinationConfig === undefined) return undefined;
  if (DestinationConfig.OnSuccess?.Destination !== undefined)
    throw invalidParameter('Unsupported OnSuccess destination for given event source mapping type.');
  const Destination = DestinationConfig.OnFailure?.Destination;
  if (Destination && !/^arn:aws:(sqs:[^:]+:\d{12}:[^:]+|s3:::[^:]+)$/.test(Destination))
    throw notImplemented(`the on-failure destination ${Destination}: an SQS queue or an S3 bucket can be one`);
  return {OnFailure: Destination ? {Destination} : {}};
}

/** The role must be allowed to read the stream, and to write where records end that are given up. */
export function checkStreamRole(
  streamArn: string,
  reference: FunctionReference,
  {DestinationConfig}: Pick<StreamMapping, 'DestinationConfig'>,
  store: LambdaStore,
): void {
  const configuration = store.configuration(reference);
  checkReading(configuration, streamArn, store);
  checkOnFailure(configuration, DestinationConfig.OnFailure.Destination, store);
}

/**
 * Where reading starts. For LATEST that is behind the last record there is now: whatever is written once the mapping
 * has been answered is delivered, where AWS may miss the first seconds.
 */
export async function firstCheckpoint(
  streamArn: string,
  {StartingPosition}: Pick<StreamMapping, 'StartingPosition'>,
  reference: FunctionReference,
  context: RequestContext,
  store: LambdaStore,
): Promise<StreamCheckpoint> {
  const role = executionRole(store.configuration(reference), {onBehalf: 'lambda'});
  const call = <T>(operation: string, input: object) => context.call<T>('dynamodbstreams', operation, input, role);
  try {
    const {StreamDescription} = await call<{StreamDescription: {Shards: readonly {ShardId: string}[]}}>(
      'DescribeStream',
      {StreamArn: streamArn},
    );
    if (StartingPosition === 'TRIM_HORIZON') return {done: []};
    const {ShardId} = StreamDescription.Shards[0]!;
    let {ShardIterator} = await call<{ShardIterator?: string}>('GetShardIterator', {
      StreamArn: streamArn,
      ShardId,
      ShardIteratorType: 'TRIM_HORIZON',
    });
    let after: string | undefined;
    while (ShardIterator !== undefined) {
      const page = await call<Page>('GetRecords', {ShardIterator});
      if (page.Records.length === 0) break;
      after = page.Records.at(-1)!.dynamodb.SequenceNumber;
      ShardIterator = page.NextShardIterator;
    }
    return {done: [], ...(after !== undefined && {after})};
  } catch (error) {
    if (!(error instanceof ServiceError) || error.code !== 'ResourceNotFoundException') throw error;
    throw invalidParameter(`Stream not found: ${streamArn}`);
  }
}

interface Page {
  readonly Records: readonly {readonly dynamodb: {readonly SequenceNumber: string}}[];
  readonly NextShardIterator?: string;
}
