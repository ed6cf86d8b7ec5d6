import type {PermissionRequest, RequestContext} from '../../operation.ts';
import {notImplemented, ServiceError} from '../../service-error.ts';
import {boolean, integer, list, string, structure} from '../../shape.ts';
import {checkEnum, checkRange, invalidParameter, notFound} from './errors.ts';
import {checkPattern} from './event-pattern.ts';
import {executionRole} from './execution-role.ts';
import type {FunctionReference} from './function-name.ts';
import type {EventSourceMapping} from './records.ts';
import {checkPolling} from './role-checks.ts';
import type {LambdaStore} from './store.ts';

/** What a mapping of a queue has, in CreateEventSourceMapping as in UpdateEventSourceMapping. */
export const mappingMembers = {
  Enabled: boolean,
  BatchSize: integer,
  MaximumBatchingWindowInSeconds: integer,
  FunctionResponseTypes: list(string),
  ScalingConfig: structure({MaximumConcurrency: integer}),
  FilterCriteria: structure({Filters: list(structure({Pattern: string}))}),
};

export interface MappingInput {
  readonly Enabled?: boolean | undefined;
  readonly BatchSize?: number | undefined;
  readonly MaximumBatchingWindowInSeconds?: number | undefined;
  readonly FunctionResponseTypes?: readonly string[] | undefined;
  readonly ScalingConfig?: {readonly MaximumConcurrency?: number | undefined} | undefined;
  readonly FilterCriteria?:
    | {readonly Filters?: readonly {readonly Pattern?: string | undefined}[] | undefined}
    | undefined;
}

type MappingSettings = Pick<
  EventSourceMapping,
  | 'BatchSize'
  | 'MaximumBatchingWindowInSeconds'
  | 'FunctionResponseTypes'
  | 'ScalingConfig'
  | 'FilterCriteria'
  | 'State'
>;

/** The input over what was there before, or over Lambda's defaults for a queue. */
export function mappingSettings(queueArn: string, input: MappingInput, before?: EventSourceMapping): MappingSettings {
  const BatchSize = input.BatchSize ?? before?.BatchSize ?? 10;
  const window = input.MaximumBatchingWindowInSeconds ?? before?.MaximumBatchingWindowInSeconds ?? 0;
  const concurrency =
    input.ScalingConfig === undefined
      ? before?.ScalingConfig?.MaximumConcurrency
      : input.ScalingConfig.MaximumConcurrency;
  const patterns =
    input.FilterCriteria === undefined
      ? before?.FilterCriteria?.Filters.map(({Pattern}) => Pattern)
      : input.FilterCriteria.Filters?.map(({Pattern = ''}) => Pattern);
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
  if (patterns !== undefined && patterns.length > 10) throw invalidParameter('Number of filters cannot exceed 10');
  for (const pattern of patterns ?? []) checkPattern(pattern);
  return {
    BatchSize,
    MaximumBatchingWindowInSeconds: window,
    FunctionResponseTypes,
    ...(concurrency !== undefined && {ScalingConfig: {MaximumConcurrency: concurrency}}),
    ...(patterns?.length && {FilterCriteria: {Filters: patterns.map(Pattern => ({Pattern}))}}),
    State: (input.Enabled ?? before?.State !== 'Disabled') ? 'Enabled' : 'Disabled',
  };
}

/** The role must be allowed to poll the queue, and the queue must hide a message for as long as the function may run. */
export async function checkQueue(
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

export function checkSource(arn: string): void {
  if (!/^arn:aws:sqs:[^:]+:\d{12}:[^:]+$/.test(arn))
    throw notImplemented(`an event source mapping of ${arn}: only an SQS queue can be the source`);
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
