import type {EventSourceMappingConfiguration} from '@aws-sdk/client-lambda';
import {parseRedrivePolicy} from '../../aws/redrive-policy.ts';
import type {EventSourceMapping, Queue} from '../../model/event-source.ts';
import type {LambdaFunction} from '../../model/lambda-function.ts';
import type {Resolvable} from '../../model/resolvable.ts';
import {kindOfSource, withoutQualifier} from '../event-source-kinds.ts';

export function readMapping(mapping: EventSourceMappingConfiguration, region: string): EventSourceMapping {
  const sourceArn = mapping.EventSourceArn ?? '';
  const concurrency = mapping.ScalingConfig?.MaximumConcurrency;
  const onFailure = mapping.DestinationConfig?.OnFailure?.Destination;
  return {
    name: mapping.UUID ?? '',
    functionArn: withoutQualifier(mapping.FunctionArn ?? ''),
    kind: mapping.SelfManagedEventSource === undefined ? kindOfSource(sourceArn) : 'kafka',
    sourceArn,
    batchSize: mapping.BatchSize ?? 10,
    batchingWindow: mapping.MaximumBatchingWindowInSeconds ?? 0,
    reportsBatchItemFailures: mapping.FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false,
    maximumRetryAttempts: mapping.MaximumRetryAttempts ?? -1,
    maximumRecordAge: mapping.MaximumRecordAgeInSeconds ?? -1,
    bisectsBatch: mapping.BisectBatchOnFunctionError ?? false,
    ...(concurrency === undefined ? {} : {maximumConcurrency: concurrency}),
    ...(onFailure === undefined ? {} : {onFailureDestination: onFailure}),
    origin: {arn: mapping.EventSourceMappingArn ?? mapping.FunctionArn ?? '', region},
  };
}

export interface QueueAttributes {
  readonly arn: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Asked of AWS where a function reads the queue: the sources need not feed functions. */
  readonly hasDeadLetterSources: Resolvable<boolean>;
}

export function readQueues(
  queues: readonly QueueAttributes[],
  functions: readonly LambdaFunction[],
  mappings: readonly EventSourceMapping[],
  region: string,
): readonly Queue[] {
  const redrives = new Map(queues.map(({arn, attributes}) => [arn, parseRedrivePolicy(attributes.RedrivePolicy)]));
  const targets = new Set([
    ...[...redrives.values()].map(policy => policy?.deadLetterTargetArn),
    ...functions.flatMap(({deadLetterQueue, onFailureDestination}) => [deadLetterQueue, onFailureDestination]),
    ...mappings.map(({onFailureDestination}) => onFailureDestination),
  ]);
  return queues.map(({arn, attributes, hasDeadLetterSources}) => {
    const policy = redrives.get(arn);
    return {
      name: arn.slice(arn.lastIndexOf(':') + 1),
      arn,
      visibilityTimeout: Number(attributes.VisibilityTimeout ?? 30),
      retention: Number(attributes.MessageRetentionPeriod ?? 345_600),
      fifo: attributes.FifoQueue === 'true',
      ...(policy === undefined ? {} : {redrivePolicy: policy}),
      // Its own attribute tells of senders that are no queues or not in this account.
      isDeadLetterQueue:
        targets.has(arn) || attributes.RedriveAllowPolicy?.includes('byQueue') === true || hasDeadLetterSources,
      origin: {arn, region},
    };
  });
}
