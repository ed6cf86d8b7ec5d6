import type {SNSEvent, SNSEventRecord} from 'aws-lambda';

/** Thrown errors are Lambda's to retry; what fails for good goes to the queue beside the function. */
export async function handler({Records}: SNSEvent): Promise<void> {
  for (const record of Records) await onMessage(record);
}

/** SNS delivers at least once: what happens here must be able to happen twice. */
async function onMessage({Sns: {MessageId, Message}}: SNSEventRecord): Promise<void> {
  const content: unknown = JSON.parse(Message);
  console.info({message: 'Message taken', messageId: MessageId, content});
}
