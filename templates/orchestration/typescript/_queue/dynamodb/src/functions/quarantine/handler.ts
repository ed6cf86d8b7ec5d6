import {BatchProcessor, EventType, processPartialResponse} from '@aws-lambda-powertools/batch';
import {Logger} from '@aws-lambda-powertools/logger';
import {Metrics} from '@aws-lambda-powertools/metrics';
import {DynamoDBClient} from '@aws-sdk/client-dynamodb';
import {GetObjectCommand, S3Client} from '@aws-sdk/client-s3';
import {DynamoDBDocumentClient} from '@aws-sdk/lib-dynamodb';
import type {Context, SQSBatchResponse, SQSEvent, SQSRecord} from 'aws-lambda';
import {required, requiredInteger} from '../../lib/environment.ts';
import {failRequest, saveQuarantineRecord} from '../../lib/quarantine.ts';
import {type Quarantine, quarantineFailure} from './quarantine-failure.ts';

const logger = new Logger();
const metrics = new Metrics();
const s3 = new S3Client();
const client = DynamoDBDocumentClient.from(new DynamoDBClient());
const requests = {client, name: required('TABLE_NAME')};
const records = {client, name: required('QUARANTINE_TABLE_NAME')};
const retentionSeconds = requiredInteger('RETENTION_SECONDS');
const processor = new BatchProcessor(EventType.SQS);

const quarantine: Quarantine = {
  async read(Bucket, Key) {
    const {Body} = await s3.send(new GetObjectCommand({Bucket, Key}));
    return Body!.transformToString();
  },
  failRequest: requestId => failRequest(requests, requestId, {retentionSeconds}),
  save: record => saveQuarantineRecord(records, record),
  logger,
  metrics,
};

async function onRecord(message: SQSRecord): Promise<void> {
  try {
    await quarantineFailure(message.body, quarantine);
  } catch (error) {
    // A batch swallows what its messages throw and answers with their ids alone.
    logger.error('Message left in its queue', {messageId: message.messageId, error: error as Error});
    throw error;
  }
}

export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  logger.addContext(context);
  try {
    return await processPartialResponse(event, onRecord, processor, {context, throwOnFullBatchFailure: false});
  } finally {
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  }
}
