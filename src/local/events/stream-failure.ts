import {randomUUID} from 'node:crypto';
import {Readable} from 'node:stream';
import type {Access} from '../access/access.ts';
import type {Clock} from '../clock.ts';
import {executionRole} from '../services/lambda/execution-role.ts';
import {queueUrl} from '../services/lambda/mapping.ts';
import type {StreamMapping} from '../services/lambda/records.ts';
import {failureKeyPrefix} from '../services/lambda/role-checks.ts';
import type {InvocationResult} from '../services/lambda/runtime.ts';
import type {InvocationTarget, LambdaStore} from '../services/lambda/store.ts';
import {payloadOf} from './stream-payload.ts';
import type {PendingRecord} from './stream-record.ts';

/** Records of a stream that are given up. */
export interface GivenUp {
  readonly records: readonly PendingRecord[];
  readonly condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded';
  readonly invocations: number;
  /** The last attempt; undefined when the function never ran. */
  readonly last:
    | {readonly requestId: string; readonly target: InvocationTarget; readonly result: InvocationResult}
    | undefined;
}

interface FailureOptions {
  readonly mapping: StreamMapping;
  readonly lambda: LambdaStore;
  readonly access: Access;
  readonly clock: Clock;
  readonly endpoint: string;
  readonly shardId: string;
}

/**
 * Tells the on-failure destination, as the role of the function: a queue or a topic is told where the records stand, and
 * only a bucket gets the records themselves.
 */
export async function sendFailure(given: GivenUp, options: FailureOptions): Promise<void> {
  const {mapping, lambda, access, clock, endpoint, shardId} = options;
  const destination = mapping.DestinationConfig.OnFailure.Destination;
  if (destination === undefined) return;
  const role = executionRole(lambda.configuration(lambda.reference(mapping.FunctionArn)), {onBehalf: 'lambda'});
  const record = failureRecord(given, options);
  if (destination.startsWith('arn:aws:sqs:')) {
    const QueueUrl = queueUrl(destination, endpoint);
    await access.call(role, 'sqs', 'SendMessage', {QueueUrl, MessageBody: JSON.stringify(record)});
    return;
  }
  if (destination.startsWith('arn:aws:sns:')) {
    await access.call(role, 'sns', 'Publish', {TopicArn: destination, Message: JSON.stringify(record)});
    return;
  }
  const Bucket = destination.slice('arn:aws:s3:::'.length);
  const time = new Date(clock.now()).toISOString().slice(0, 19).replaceAll(':', '.');
  const Body = Readable.from([Buffer.from(JSON.stringify({...record, payload: payloadOf(given.records)}))]);
  await access.call(role, 's3', 'HeadBucket', {Bucket});
  await access.call(role, 's3', 'PutObject', {
    Bucket,
    Key: `${failureKeyPrefix}${mapping.UUID}/${shardId}/${time}-${randomUUID()}`,
    Body,
  });
}

/** https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html */
function failureRecord({records, condition, invocations, last}: GivenUp, {mapping, clock, shardId}: FailureOptions) {
  const [first, final] = [records[0]!, records.at(-1)!];
  return {
    requestContext: {
      requestId: last?.requestId ?? randomUUID(),
      functionArn: mapping.FunctionArn,
      condition,
      approximateInvokeCount: invocations,
    },
    ...(last !== undefined && {
      responseContext: {
        statusCode: 200,
        executedVersion: last.target.configuration.Version,
        ...(last.result.functionError !== undefined && {functionError: last.result.functionError}),
      },
    }),
    version: '1.0',
    timestamp: new Date(clock.now()).toISOString(),
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: first.sequence,
      endSequenceNumber: final.sequence,
      approximateArrivalOfFirstRecord: wholeSeconds(first.createdAt),
      approximateArrivalOfLastRecord: wholeSeconds(final.createdAt),
      batchSize: records.length,
      streamArn: mapping.EventSourceArn,
    },
  };
}

function wholeSeconds(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
