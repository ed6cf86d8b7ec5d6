/** A message as SQS's ReceiveMessage answers it. */
export interface ReceivedMessage {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly MD5OfBody: string;
  readonly Attributes?: Readonly<Record<string, string>>;
  readonly MessageAttributes?: Readonly<Record<string, MessageAttribute>>;
  readonly MD5OfMessageAttributes?: string;
}

interface MessageAttribute {
  readonly StringValue?: string;
  readonly BinaryValue?: Uint8Array;
  readonly DataType: string;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html#example-standard-queue-message-event */
export function sqsRecord(message: ReceivedMessage, queueArn: string) {
  const attributes = Object.entries(message.MessageAttributes ?? {});
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes ?? {},
    messageAttributes: Object.fromEntries(attributes.map(([name, attribute]) => [name, recordAttribute(attribute)])),
    md5OfBody: message.MD5OfBody,
    ...(message.MD5OfMessageAttributes !== undefined && {md5OfMessageAttributes: message.MD5OfMessageAttributes}),
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: queueArn.split(':')[3]!,
  };
}

export type SqsRecord = ReturnType<typeof sqsRecord>;

function recordAttribute({StringValue, BinaryValue, DataType}: MessageAttribute) {
  return {
    ...(StringValue !== undefined && {stringValue: StringValue}),
    ...(BinaryValue !== undefined && {binaryValue: Buffer.from(BinaryValue).toString('base64')}),
    stringListValues: [],
    binaryListValues: [],
    dataType: DataType,
  };
}
