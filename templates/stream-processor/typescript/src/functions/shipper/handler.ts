import {BatchProcessor, EventType, processPartialResponse} from '@aws-lambda-powertools/batch';
import {Logger} from '@aws-lambda-powertools/logger';
import {Metrics, MetricUnit} from '@aws-lambda-powertools/metrics';
import {DynamoDBClient} from '@aws-sdk/client-dynamodb';
import {DynamoDBDocumentClient} from '@aws-sdk/lib-dynamodb';
import type {Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent} from 'aws-lambda';
import {required} from '../../lib/environment.ts';
import {readOrder} from './read-order.ts';
import {saveShipment} from './save-shipment.ts';

// What can be done once is done here, outside the handler: a warm invocation finds it ready.
const logger = new Logger();
const metrics = new Metrics();
const table = {client: DynamoDBDocumentClient.from(new DynamoDBClient()), name: required('TABLE_NAME')};
const processor = new BatchProcessor(EventType.DynamoDBStreams);

export async function handler(event: DynamoDBStreamEvent, context: Context): Promise<DynamoDBBatchResponse> {
  logger.addContext(context);
  try {
    // A batch in which everything failed is no error of the function: Lambda goes on from the first one that failed.
    return await processPartialResponse(event, onRecord, processor, {context, throwOnFullBatchFailure: false});
  } finally {
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  }
}

async function onRecord({dynamodb, eventID = ''}: DynamoDBRecord): Promise<void> {
  const image = dynamodb?.NewImage ?? {};
  // The writer's, so that one search finds what happened before the stream and after it.
  const correlationId = image.correlationId?.S || eventID;
  try {
    const order = readOrder(image);
    const outcome = await saveShipment(table, order, correlationId);
    logger.info(outcome === 'saved' ? 'Order shipped' : 'Order was shipped before', {correlationId, order: order.id});
    metrics.addMetric(outcome === 'saved' ? 'OrdersShipped' : 'OrdersKnown', MetricUnit.Count, 1);
  } catch (error) {
    // What reaches the failure queue says where the record is, not what is wrong with it.
    logger.error('Order not shipped', {correlationId, order: image.id?.S, eventID, error: error as Error});
    metrics.addMetric('RecordsFailed', MetricUnit.Count, 1);
    throw error;
  }
}
