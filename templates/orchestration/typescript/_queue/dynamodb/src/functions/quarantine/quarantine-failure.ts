import type {Logger} from '@aws-lambda-powertools/logger';
import {type Metrics, MetricUnit} from '@aws-lambda-powertools/metrics';
import type {DynamoDBRecord, S3Event} from 'aws-lambda';
import {type Cause, causeOf} from '../../lib/failure.ts';
import type {QuarantineRecord} from '../../lib/quarantine.ts';
import type {QueuedRequest, RequestRow} from '../../lib/request-row.ts';
import {readRecord} from '../../lib/stream-record.ts';

export interface Quarantine {
  read(bucket: string, key: string): Promise<string>;
  failRequest(requestId: string): Promise<(RequestRow & {readonly cause: Cause}) | undefined>;
  save(record: QuarantineRecord): Promise<void>;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** Keeps what the stream gave up, record by record: S3 tells of an object that Lambda wrote. */
export async function quarantineFailure(notification: string, quarantine: Quarantine): Promise<void> {
  // S3 sends a test event, without records, when notifications are set up.
  const {Records = []} = JSON.parse(notification) as Partial<S3Event>;
  for (const {s3} of Records) {
    const key = decodeURIComponent(s3.object.key.replaceAll('+', ' '));
    const failure = JSON.parse(await quarantine.read(s3.bucket.name, key)) as LambdaFailure;
    const {Records: failed} = JSON.parse(failure.payload) as {Records: DynamoDBRecord[]};
    for (const record of failed) await quarantineRecord(record, quarantine);
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html */
interface LambdaFailure {
  /** The event, as the function got it; only a bucket is given it. */
  readonly payload: string;
}

/** The row fails first: should the record not be saved then, the message comes again and finds the row as it left it. */
async function quarantineRecord(record: DynamoDBRecord, quarantine: Quarantine): Promise<void> {
  const {logger, metrics} = quarantine;
  const kept = {recordId: record.eventID ?? '', record, quarantinedAt: new Date().toISOString()};
  let request: QueuedRequest;
  try {
    request = readRecord(record);
  } catch (error) {
    const cause = causeOf(error);
    await quarantine.save({...kept, cause, attempts: 0});
    logger.error('Record quarantined', {eventId: record.eventID, cause});
    metrics.addMetric('RequestsQuarantined', MetricUnit.Count, 1);
    return;
  }
  const {requestId, correlationId} = request;
  const row = await quarantine.failRequest(requestId);
  if (row === undefined) return logger.info('Request was at its end before', {requestId, correlationId});
  const {cause, attempts} = row;
  await quarantine.save({...kept, requestId, correlationId, cause, attempts});
  logger.error('Request quarantined', {requestId, correlationId, cause, attempts});
  metrics.addMetric('RequestsQuarantined', MetricUnit.Count, 1);
}
