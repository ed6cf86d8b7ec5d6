import {GetObjectCommand, S3Client} from '@aws-sdk/client-s3';
import type {S3Event, SQSBatchResponse, SQSEvent, SQSRecord} from 'aws-lambda';

const s3 = new S3Client();

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

async function onMessage({body}: SQSRecord): Promise<void> {
  // S3 sends a test event without records when it learns of the queue.
  const {Records = []}: Partial<S3Event> = JSON.parse(body);
  for (const {s3: arrived} of Records) {
    // A key is encoded as in a form: a space is a plus sign.
    await onObject(arrived.bucket.name, decodeURIComponent(arrived.object.key.replaceAll('+', ' ')));
  }
}

/** Notifications come at least once and in any order: what happens here must be able to happen twice. */
async function onObject(Bucket: string, Key: string): Promise<void> {
  const {Body, ContentType} = await s3.send(new GetObjectCommand({Bucket, Key}));
  let size = 0;
  for await (const chunk of Body as AsyncIterable<Uint8Array>) size += chunk.length;
  console.info({message: 'Object read', bucket: Bucket, key: Key, type: ContentType, size});
}
