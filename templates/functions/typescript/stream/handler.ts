import type {DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent} from 'aws-lambda';

/**
 * The records of a shard come in order, so the batch ends at the first that throws: Lambda comes back with it and what
 * stands behind it.
 */
export async function handler({Records}: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  for (const record of Records) {
    try {
      await onRecord(record);
    } catch (error) {
      const itemIdentifier = record.dynamodb?.SequenceNumber ?? '';
      console.error({message: 'Record failed', sequenceNumber: itemIdentifier, error: String(error)});
      return {batchItemFailures: [{itemIdentifier}]};
    }
  }
  return {batchItemFailures: []};
}

/** Records come at least once: what happens here must be able to happen twice. */
async function onRecord({eventName, dynamodb}: DynamoDBRecord): Promise<void> {
  if (dynamodb?.Keys === undefined) throw new Error('The record has no keys');
  console.info({message: 'Record taken', eventName, keys: dynamodb.Keys});
}
