import type {Logger} from '@aws-lambda-powertools/logger';
import {type Metrics, MetricUnit} from '@aws-lambda-powertools/metrics';
import type {SQSRecord} from 'aws-lambda';
import {type Journey, readJourney} from '../../lib/dead-letter.ts';
import {describeFailure, type Failure} from '../../lib/failure.ts';
import {type ObjectCreated, readNotification, type StoredObject} from '../../lib/s3-notification.ts';
import type {Ingested} from './ingest-object.ts';

export interface Ingestion {
  /** Idempotent: an object that is done or being done is not read again. */
  ingest(object: StoredObject): Promise<Ingested>;
  handOver(body: string, journey: Journey & {readonly failure: Failure}): Promise<void>;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** Every object that the message tells of is ingested or handed over; when neither can be done, the message stays. */
export async function ingestMessage(message: SQSRecord, ingestion: Ingestion): Promise<void> {
  const journey = readJourney(message);
  let notification: readonly ObjectCreated[];
  try {
    notification = readNotification(message.body);
  } catch (error) {
    return giveUp(message.body, journey, error, ingestion, {messageId: message.messageId});
  }
  for (const {object, body} of notification) await ingestOrHandOver(object, body, journey, ingestion);
}

async function ingestOrHandOver(
  object: StoredObject,
  body: string,
  journey: Journey,
  ingestion: Ingestion,
): Promise<void> {
  const {logger, metrics} = ingestion;
  try {
    const {outcome, contentType, size} = await ingestion.ingest(object);
    logger.info(outcome === 'saved' ? 'Object ingested' : 'Object superseded by a newer version', {
      object,
      contentType,
    });
    metrics.addMetric('ObjectsIngested', MetricUnit.Count, 1);
    metrics.addMetric('BytesIngested', MetricUnit.Bytes, size);
  } catch (error) {
    // Another invocation is on it: should that one die, this message must still be there.
    if (error instanceof Error && error.name === 'IdempotencyAlreadyInProgressError') throw error;
    await giveUp(body, journey, error, ingestion, {object});
  }
}

async function giveUp(
  body: string,
  journey: Journey,
  error: unknown,
  {handOver, logger, metrics}: Ingestion,
  subject: {readonly object: StoredObject} | {readonly messageId: string},
): Promise<void> {
  const failure = describeFailure(error);
  await handOver(body, {...journey, firstFailedAt: journey.firstFailedAt ?? new Date().toISOString(), failure});
  const expected = failure.name === 'Malformed' || failure.name === 'NotReady';
  logger[expected ? 'warn' : 'error']('Object handed over', {...subject, failure});
  metrics.addMetric('ObjectsHandedOver', MetricUnit.Count, 1);
}
