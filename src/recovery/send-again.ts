import type {Message, MessageAttributeValue, SQS} from '@aws-sdk/client-sqs';
import type {QueueReference} from './find-queue.ts';

/** Sends a received message to a queue as it is, with its attributes; the new one's ID. */
export async function sendAgain(sqs: SQS, to: QueueReference, message: Message): Promise<string> {
  const {MessageId, Body, Attributes = {}, MessageAttributes} = message;
  const {AWSTraceHeader, MessageGroupId} = Attributes;
  const {MessageId: id} = await sqs.sendMessage({
    QueueUrl: to.url,
    MessageBody: Body!,
    MessageAttributes: sendable(MessageAttributes),
    ...(AWSTraceHeader !== undefined && {
      MessageSystemAttributes: {AWSTraceHeader: {DataType: 'String', StringValue: AWSTraceHeader}},
    }),
    ...(MessageGroupId !== undefined && {MessageGroupId}),
    // Not its own: within five minutes of the first sending SQS would take it for a duplicate and drop it. The same
    // one each time it is sent from here, so that a sending whose answer was lost does not put it there twice.
    ...(to.fifo && {MessageDeduplicationId: `redrive-${MessageId}`}),
  });
  return id!;
}

/** A received attribute has empty lists beside its value, which a send does not take. */
function sendable(
  attributes: Readonly<Record<string, MessageAttributeValue>> = {},
): Record<string, MessageAttributeValue> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, {DataType, StringValue, BinaryValue}]) => [
      name,
      {DataType, ...(BinaryValue === undefined ? {StringValue} : {BinaryValue})},
    ]),
  );
}
