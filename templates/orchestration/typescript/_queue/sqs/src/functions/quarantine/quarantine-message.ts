import type {Logger} from '@aws-lambda-powertools/logger';
import {type Metrics, MetricUnit} from '@aws-lambda-powertools/metrics';
import type {SQSRecord} from 'aws-lambda';
import {type Cause, causeOf} from '../../lib/failure.ts';
import type {QuarantineRecord} from '../../lib/quarantine.ts';
import {readMessage} from '../../lib/queue-message.ts';
import type {QueuedRequest, RequestRow} from '../../lib/request-row.ts';

export interface Quarantine {
  failRequest(requestId: string): Promise<(RequestRow & {readonly cause: Cause}) | undefined>;
  save(record: QuarantineRecord): Promise<void>;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/**
 * Keeps what SQS gave up, with its cause. The row fails first: should the record not be saved then, the message comes
 * again and finds the row as it left it.
 */
export async function quarantineMessage(message: SQSRecord, quarantine: Quarantine): Promise<void> {
  const {logger, metrics} = quarantine;
  const {messageId, body, attributes} = message;
  const kept = {
    record: {body, sentAt: new Date(Number(attributes.SentTimestamp)).toISOString()},
    quarantinedAt: new Date().toISOString(),
  };
  let request: QueuedRequest;
  try {
    request = readMessage(message);
  } catch (error) {
    const cause = causeOf(error);
    await quarantine.save({...kept, recordId: messageId, cause, attempts: 0});
    logger.error('Message quarantined', {messageId, cause});
    metrics.addMetric('RequestsQuarantined', MetricUnit.Count, 1);
    return;
  }
  const {requestId, correlationId} = request;
  const row = await quarantine.failRequest(requestId);
  if (row === undefined) return logger.info('Request was at its end before', {requestId, correlationId});
  const {cause, attempts} = row;
  // A request may have been sent twice, and given up twice.
  await quarantine.save({...kept, recordId: requestId, requestId, correlationId, cause, attempts});
  logger.error('Request quarantined', {requestId, correlationId, cause, attempts});
  metrics.addMetric('RequestsQuarantined', MetricUnit.Count, 1);
}
