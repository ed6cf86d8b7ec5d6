import {BatchProcessor, EventType, processPartialResponse} from '@aws-lambda-powertools/batch';
import {Logger} from '@aws-lambda-powertools/logger';
import {Metrics} from '@aws-lambda-powertools/metrics';
import {DynamoDBClient} from '@aws-sdk/client-dynamodb';
import {SQSClient} from '@aws-sdk/client-sqs';
import {DynamoDBDocumentClient} from '@aws-sdk/lib-dynamodb';
import type {Context, SQSBatchResponse, SQSEvent} from 'aws-lambda';
import {required, requiredInteger} from '../../lib/environment.ts';
import {recordHandler} from '../../lib/record-handler.ts';
import {recordFailure} from './record-failure.ts';
import {type Redrive, redriveMessage} from './redrive-message.ts';
import {sendBack} from './send-back.ts';

const logger = new Logger();
const metrics = new Metrics();
const table = {client: DynamoDBDocumentClient.from(new DynamoDBClient()), name: required('TABLE_NAME')};
const queue = {client: new SQSClient(), url: required('INGEST_QUEUE_URL')};
const processor = new BatchProcessor(EventType.SQS);

const redrive: Redrive = {
  sendBack: (body, journey) => sendBack(queue, body, journey),
  recordFailure: failure => recordFailure(table, failure),
  maximumAttempts: requiredInteger('MAXIMUM_ATTEMPTS'),
  firstDelaySeconds: requiredInteger('FIRST_DELAY_SECONDS'),
  logger,
  metrics,
};
const onRecord = recordHandler(logger, message => redriveMessage(message, redrive));

export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  logger.addContext(context);
  try {
    return await processPartialResponse(event, onRecord, processor, {
      context,
      throwOnFullBatchFailure: false,
    });
  } finally {
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  }
}
