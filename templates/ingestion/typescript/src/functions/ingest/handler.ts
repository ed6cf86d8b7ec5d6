import {BatchProcessor, EventType, processPartialResponse} from '@aws-lambda-powertools/batch';
import {IdempotencyConfig, makeIdempotent} from '@aws-lambda-powertools/idempotency';
import {DynamoDBPersistenceLayer} from '@aws-lambda-powertools/idempotency/dynamodb';
import {Logger} from '@aws-lambda-powertools/logger';
import {Metrics} from '@aws-lambda-powertools/metrics';
import {DynamoDBClient} from '@aws-sdk/client-dynamodb';
import {S3Client} from '@aws-sdk/client-s3';
import {SQSClient} from '@aws-sdk/client-sqs';
import {DynamoDBDocumentClient} from '@aws-sdk/lib-dynamodb';
import type {Context, SQSBatchResponse, SQSEvent} from 'aws-lambda';
import {required} from '../../lib/environment.ts';
import {recordHandler} from '../../lib/record-handler.ts';
import type {StoredObject} from '../../lib/s3-notification.ts';
import {handOver} from './hand-over.ts';
import {type Ingestion, ingestMessage} from './ingest-message.ts';
import {ingestObject} from './ingest-object.ts';

// What can be done once is done here, outside the handler: a warm invocation finds it ready.
const logger = new Logger();
const metrics = new Metrics();
const dynamodb = new DynamoDBClient();
const stores = {
  s3: new S3Client(),
  table: {
    client: DynamoDBDocumentClient.from(dynamodb, {marshallOptions: {removeUndefinedValues: true}}),
    name: required('TABLE_NAME'),
  },
};
const deadLetters = {client: new SQSClient(), url: required('DEAD_LETTER_QUEUE_URL')};
const processor = new BatchProcessor(EventType.SQS);

const idempotency = new IdempotencyConfig({
  eventKeyJmesPath: '[bucket, key, sequencer]',
  throwOnNoIdempotencyKey: true,
  hashFunction: 'sha256',
  expiresAfterSeconds: 24 * 60 * 60,
});
const ingestOnce = makeIdempotent((object: StoredObject) => ingestObject(object, stores), {
  config: idempotency,
  keyPrefix: 'ingest',
  persistenceStore: new DynamoDBPersistenceLayer({
    tableName: required('IDEMPOTENCY_TABLE_NAME'),
    awsSdkV3Client: dynamodb,
  }),
});

const ingestion: Ingestion = {
  ingest: object => ingestOnce(object),
  handOver: (body, journey) => handOver(deadLetters, body, journey),
  logger,
  metrics,
};
const onRecord = recordHandler(logger, message => ingestMessage(message, ingestion));

export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  logger.addContext(context);
  idempotency.registerLambdaContext(context);
  try {
    // A batch in which everything failed is no error of the function: the messages stay, and the pollers keep their pace.
    return await processPartialResponse(event, onRecord, processor, {
      context,
      throwOnFullBatchFailure: false,
    });
  } finally {
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  }
}
