import type {Logger} from '@aws-lambda-powertools/logger';
import {type Metrics, MetricUnit} from '@aws-lambda-powertools/metrics';
import type {SQSRecord} from 'aws-lambda';
import {readJourney} from '../../lib/dead-letter.ts';
import type {Failure} from '../../lib/failure.ts';
import {readNotification} from '../../lib/s3-notification.ts';
import {backOff} from './back-off.ts';
import type {FailureRecord} from './record-failure.ts';

export interface Redrive {
  sendBack(
    body: string,
    journey: {readonly delaySeconds: number; readonly attempts: number; readonly firstFailedAt: string},
  ): Promise<void>;
  recordFailure(failure: FailureRecord): Promise<void>;
  readonly maximumAttempts: number;
  readonly firstDelaySeconds: number;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/**
 * Sends a message back while it may still pass, and records its failure when it will not. What can be neither (it
 * names no object) is thrown: after some receives SQS parks it.
 */
export async function redriveMessage(message: SQSRecord, redrive: Redrive): Promise<void> {
  const {attempts, failure = unfinished, firstFailedAt = sentAt(message)} = readJourney(message);
  const notification = readNotification(message.body);
  const {logger, metrics} = redrive;
  if (failure.kind === 'transient' && attempts < redrive.maximumAttempts) {
    const delaySeconds = backOff(attempts, redrive.firstDelaySeconds);
    await redrive.sendBack(message.body, {delaySeconds, attempts: attempts + 1, firstFailedAt});
    logger.warn('Message sent back', {attempt: attempts + 1, of: redrive.maximumAttempts, delaySeconds, failure});
    metrics.addMetric('MessagesSentBack', MetricUnit.Count, 1);
    return;
  }
  for (const {object} of notification) {
    await redrive.recordFailure({object, cause: failure, attempts, firstFailedAt, messageId: message.messageId});
    logger.error('Failure recorded', {object, failure, attempts});
    metrics.addMetric('FailuresRecorded', MetricUnit.Count, 1);
  }
}

/** SQS moved the message itself, so nobody caught what happened. */
const unfinished: Failure = {
  kind: 'transient',
  name: 'Unfinished',
  message:
    'ingest received the message several times and never finished it: it crashed, ran out of memory or time, or could not hand it over. Its log says more.',
};

function sentAt({attributes}: SQSRecord): string {
  return new Date(Number(attributes.SentTimestamp)).toISOString();
}
