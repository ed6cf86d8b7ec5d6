import type {SQSBatchResponse, SQSEvent, SQSRecord} from 'aws-lambda';

/** A message that throws stays in the queue, and only it: the others of its batch are done. */
export async function handler({Records}: SQSEvent): Promise<SQSBatchResponse> {
  const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
  for (const record of Records) {
    try {
      await onMessage(record);
    } catch (error) {
      console.error({message: 'Message left in its queue', messageId: record.messageId, error: String(error)});
      batchItemFailures.push({itemIdentifier: record.messageId});
    }
  }
  return {batchItemFailures};
}

/** SQS delivers at least once: what happens here must be able to happen twice. */
async function onMessage({messageId, body}: SQSRecord): Promise<void> {
  const content: unknown = JSON.parse(body);
  console.info({message: 'Message taken', messageId, content});
}
