import {BatchProcessor, EventType, processPartialResponse} from '@aws-lambda-powertools/batch';
import type {Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent} from 'aws-lambda';
import {readRecord, Unreadable} from '../../lib/stream-record.ts';
import {connect} from './connect.ts';
import {processRequest} from './process-request.ts';

const processing = connect();
const {logger, metrics} = processing;
const processor = new BatchProcessor(EventType.DynamoDBStreams);

async function onRecord(record: DynamoDBRecord): Promise<void> {
  try {
    // A shard's batch is tried again only when the attempt before has ended, so a record may take up its own claim.
    await processRequest(readRecord(record), record.eventID ?? '', processing);
  } catch (error) {
    if (error instanceof Unreadable) logger.error('Record cannot be read', {eventId: record.eventID});
    throw error;
  }
}

export async function handler(event: DynamoDBStreamEvent, context: Context): Promise<DynamoDBBatchResponse> {
  logger.addContext(context);
  try {
    // Every record is tried, also behind one that fails; what is done is passed over when the batch comes again.
    return await processPartialResponse(event, onRecord, processor, {context, throwOnFullBatchFailure: false});
  } finally {
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  }
}
