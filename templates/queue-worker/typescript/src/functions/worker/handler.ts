import {BatchProcessor, EventType, processPartialResponse} from '@aws-lambda-powertools/batch';
import {Logger} from '@aws-lambda-powertools/logger';
import {Metrics, MetricUnit} from '@aws-lambda-powertools/metrics';
import {DynamoDBClient} from '@aws-sdk/client-dynamodb';
import {DynamoDBDocumentClient} from '@aws-sdk/lib-dynamodb';
import type {Context, SQSBatchResponse, SQSEvent, SQSRecord} from 'aws-lambda';
import {required} from '../../lib/environment.ts';
import {readOrder} from './read-order.ts';
import {saveOrder} from './save-order.ts';

// What can be done once is done here, outside the handler: a warm invocation finds it ready.
const logger = new Logger();
const metrics = new Metrics();
const table = {client: DynamoDBDocumentClient.from(new DynamoDBClient()), name: required('TABLE_NAME')};
const processor = new BatchProcessor(EventType.SQS);

export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  logger.addContext(context);
  try {
    // A batch in which everything failed is no error of the function: the messages stay, and the pollers keep their pace.
    return await processPartialResponse(event, onMessage, processor, {context, throwOnFullBatchFailure: false});
  } finally {
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  }
}

async function onMessage({body, messageId, messageAttributes, attributes}: SQSRecord): Promise<void> {
  // The sender's, so that one search finds what happened before the queue and after it.
  const correlationId = messageAttributes.CorrelationId?.stringValue ?? messageId;
  try {
    const order = readOrder(body);
    const outcome = await saveOrder(table, order, correlationId);
    logger.info(outcome === 'saved' ? 'Order saved' : 'Order was saved before', {correlationId, order: order.id});
    metrics.addMetric(outcome === 'saved' ? 'OrdersSaved' : 'OrdersKnown', MetricUnit.Count, 1);
  } catch (error) {
    // The answer says only which messages failed, so the reason is logged here.
    const receives = Number(attributes.ApproximateReceiveCount);
    logger.error('Message left in its queue', {correlationId, messageId, receives, error: error as Error});
    metrics.addMetric('MessagesFailed', MetricUnit.Count, 1);
    throw error;
  }
}
