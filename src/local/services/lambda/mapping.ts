import type {PermissionRequest, RequestContext} from '../../operation.ts';
import {notImplemented, ServiceError} from '../../service-error.ts';
import {checkEnum, checkRange, invalidParameter, notFound} from './errors.ts';
import {executionRole} from './execution-role.ts';
import type {FunctionReference} from './function-name.ts';
import {type MappingInput, mappingFilters} from './mapping-input.ts';
import {type EventSourceMapping, isStreamMapping, type StreamCheckpoint} from './records.ts';
import {checkPolling} from './role-checks.ts';
import type {LambdaStore} from './store.ts';
import {checkStreamRole, firstCheckpoint, streamArnPattern, streamSettings} from './stream-mapping.ts';

/** The settings of a new mapping, or of one that changes, checked as its source demands. */
export async function mappingSettings(
  sourceArn: string,
  input: MappingInput,
  reference: FunctionReference,
  context: RequestContext,
  store: LambdaStore,
  before?: EventSourceMapping,
): Promise<QueueSettings | StreamSettings> {
  if (isStream(sourceArn)) {
    const settings = streamSettings(input, before !== undefined && isStreamMapping(before) ? before : undefined);
    checkStreamRole(sourceArn, reference, settings, store);
    return settings;
  }
  const settings = queueSettings(sourceArn, input, before);
  await checkQueue(sourceArn, reference, context, store);
  return settings;
}

/** Where a new mapping of a stream begins; a queue has no places. */
export async function checkpointOf(
  sourceArn: string,
  settings: QueueSettings | StreamSettings,
  reference: FunctionReference,
  context: RequestContext,
  store: LambdaStore,
): Promise<StreamCheckpoint | undefined> {
  return 'StartingPosition' in settings
    ? await firstCheckpoint(sourceArn, settings, reference, context, store)
    : undefined;
}

function isStream(arn: string): boolean {
  if (streamArnPattern.test(arn)) return true;
  if (!/^arn:aws:sqs:[^:]+:\d{12}:[^:]+$/.test(arn))
    throw notImplemented(
      `an event source mapping of ${arn}: an SQS queue or the stream of a DynamoDB table can be the source`,
    );
  return false;
}

type StreamSettings = ReturnType<typeof streamSettings>;
type QueueSettings = Pick<
  EventSourceMapping,
  | 'BatchSize'
  | 'MaximumBatchingWindowInSeconds'
  | 'FunctionResponseTypes'
  | 'ScalingConfig'
  | 'FilterCriteria'
  | 'State'
>;

/** The input over what was there before, or over Lambda's defaults for a queue. */
function queueSettings(queueArn: string, input: MappingInput, before?: EventSourceMapping): QueueSettings {
  for (const member of streamMembers)
    if (input[member] !== undefined)
      throw invalidParameter(`Unsupported ${member} parameter for given event source mapping type.`);
  const BatchSize = input.BatchSize ?? before?.BatchSize ?? 10;
  const window = input.MaximumBatchingWindowInSeconds ?? before?.MaximumBatchingWindowInSeconds ?? 0;
  const concurrency =
    input.ScalingConfig === undefined
      ? before?.ScalingConfig?.MaximumConcurrency
      : input.ScalingConfig.MaximumConcurrency;
  const FunctionResponseTypes = input.FunctionResponseTypes ?? before?.FunctionResponseTypes ?? [];
  checkRange('batchSize', BatchSize, 1, 10_000);
  checkRange('maximumBatchingWindowInSeconds', window, 0, 300);
  checkRange('scalingConfig.maximumConcurrency', concurrency, 2, 1000);
  for (const type of FunctionResponseTypes) checkEnum('functionResponseTypes', type, ['ReportBatchItemFailures']);
  const isFifo = queueArn.endsWith('.fifo');
  if (isFifo && BatchSize > 10) throw invalidParameter('Maximum batch size for FIFO queues is 10');
  if (isFifo && window > 0) throw invalidParameter('Batching window is not supported for FIFO queues');
  if (BatchSize > 10 && window === 0)
    throw invalidParameter(
      'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
    );
  return {
    BatchSize,
    MaximumBatchingWindowInSeconds: window,
    FunctionResponseTypes,
    ...(concurrency !== undefined && {ScalingConfig: {MaximumConcurrency: concurrency}}),
    ...mappingFilters(input, before),
    State: (input.Enabled ?? before?.State !== 'Disabled') ? 'Enabled' : 'Disabled',
  };
}

const streamMembers = [
  'StartingPosition',
  'ParallelizationFactor',
  'MaximumRecordAgeInSeconds',
  'BisectBatchOnFunctionError',
  'MaximumRetryAttempts',
  'DestinationConfig',
] as const;

/** The role must be allowed to poll the queue, and the queue must hide a message for as long as the function may run. */
async function checkQueue(
  queueArn: string,
  reference: FunctionReference,
  context: RequestContext,
  store: LambdaStore,
): Promise<void> {
  const configuration = store.configuration(reference);
  checkPolling(configuration, queueArn, store);
  const visibility = await visibilityTimeout(queueArn, executionRole(configuration, {onBehalf: 'lambda'}), context);
  if (visibility < configuration.Timeout)
    throw invalidParameter(
      `Queue visibility timeout: ${visibility} seconds is less than Function timeout: ${configuration.Timeout} seconds`,
    );
}

async function visibilityTimeout(
  queueArn: string,
  role: ReturnType<typeof executionRole>,
  context: RequestContext,
): Promise<number> {
  try {
    const {Attributes} = await context.call<{Attributes: Record<string, string>}>(
      'sqs',
      'GetQueueAttributes',
      {QueueUrl: queueUrl(queueArn, context.endpoint), AttributeNames: ['VisibilityTimeout']},
      role,
    );
    return Number(Attributes.VisibilityTimeout);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    throw invalidParameter(
      `Error occurred while ReceiveMessage. SQS Error Code: ${error.code}. SQS Error Message: ${error.message}`,
    );
  }
}

export function queueUrl(queueArn: string, endpoint: string): string {
  const [account, name] = queueArn.split(':').slice(4);
  return `${endpoint}/${account}/${name}`;
}

export function mapping(uuid: string, store: LambdaStore): EventSourceMapping {
  const found = store.mappings.get(uuid);
  if (found === undefined) throw notFound('The resource you requested does not exist.');
  return found;
}

/** As it is answered, in the state that the request put it into. */
export function mappingAnswer(found: EventSourceMapping, store: LambdaStore, State: string = found.State) {
  const {tags, LastModified, ...rest} = found;
  const result = store.lastProcessingResults.get(found.UUID);
  return {
    ...rest,
    State,
    StateTransitionReason: 'USER_INITIATED',
    LastModified: new Date(LastModified * 1000),
    ...(result !== undefined && {LastProcessingResult: result}),
  };
}

export function onMapping(
  action: string,
  uuid: string,
  context: RequestContext,
  store: LambdaStore,
): PermissionRequest {
  const functionArn = store.mappings.get(uuid)?.FunctionArn;
  return {
    action: `lambda:${action}`,
    resource: `arn:aws:lambda:${context.region}:${context.account}:event-source-mapping:${uuid}`,
    ...(functionArn !== undefined && {context: {'lambda:FunctionArn': functionArn}}),
  };
}
