import {BatchProcessor, EventType, processPartialResponse} from '@aws-lambda-powertools/batch';
import {ChangeMessageVisibilityCommand, SQSClient} from '@aws-sdk/client-sqs';
import type {Context, SQSBatchResponse, SQSEvent, SQSRecord} from 'aws-lambda';
import {required, requiredInteger} from '../../lib/environment.ts';
import {readMessage, Unreadable} from '../../lib/queue-message.ts';
import {hiddenFor} from './back-off.ts';
import {connect} from './connect.ts';
import {processRequest} from './process-request.ts';

const processing = connect();
const {logger, metrics} = processing;
const sqs = new SQSClient();
const queueUrl = required('QUEUE_URL');
const firstDelaySeconds = requiredInteger('FIRST_DELAY_SECONDS');
const processor = new BatchProcessor(EventType.SQS);
let invocation = '';

async function onRecord(message: SQSRecord): Promise<void> {
  try {
    await processRequest(readMessage(message), `${invocation} ${message.messageId}`, processing);
  } catch (error) {
    if (error instanceof Unreadable) logger.error('Message cannot be read', {messageId: message.messageId});
    await hide(message, error);
    throw error;
  }
}

/** Without it the next attempt would come only when the visibility timeout is over, which is made for crashes. */
async function hide({receiptHandle, attributes, messageId}: SQSRecord, failure: unknown): Promise<void> {
  const VisibilityTimeout = hiddenFor(failure, Number(attributes.ApproximateReceiveCount), firstDelaySeconds);
  try {
    await sqs.send(
      new ChangeMessageVisibilityCommand({QueueUrl: queueUrl, ReceiptHandle: receiptHandle, VisibilityTimeout}),
    );
  } catch (error) {
    logger.error('Message comes back only after the visibility timeout', {messageId, error: error as Error});
  }
}

export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  logger.addContext(context);
  invocation = context.awsRequestId;
  try {
    // A batch in which everything failed is no error of the function: the messages stay, and the pollers keep their pace.
    return await processPartialResponse(event, onRecord, processor, {context, throwOnFullBatchFailure: false});
  } finally {
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  }
}
