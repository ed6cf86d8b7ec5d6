import type {Entry} from './entry.ts';
import {md5OfAttributes, type StoredAttribute, sequenceNumber} from './message.ts';
import type {Queue} from './queue.ts';
import {receiptHandle} from './receipt-handle.ts';

/** A message as a receive shows it, with the attributes that were asked for. */
export function receivedMessage(
  queue: Queue,
  entry: Entry,
  systemAttributes: readonly string[],
  attributeNames: readonly string[],
) {
  const {message} = entry;
  const system = Object.entries(systemAttributesOf(entry)).filter(
    ([name, value]) => value !== undefined && (systemAttributes.includes('All') || systemAttributes.includes(name)),
  );
  const shown = Object.entries(message.attributes ?? {}).filter(([name]) => isAsked(name, attributeNames));
  return {
    MessageId: message.id,
    ReceiptHandle: receiptHandle(queue, entry),
    MD5OfBody: message.md5,
    Body: message.body,
    ...(system.length > 0 && {Attributes: Object.fromEntries(system)}),
    ...(shown.length > 0 && {
      MessageAttributes: Object.fromEntries(shown.map(([name, attribute]) => [name, attributeValue(attribute)])),
      // Of those returned, so that the client can check what it got.
      MD5OfMessageAttributes: md5OfAttributes(Object.fromEntries(shown)),
    }),
  };
}

function systemAttributesOf({message, delivery}: Entry): Record<string, string | undefined> {
  const fifo = message.queue.endsWith('.fifo');
  return {
    SenderId: message.sender,
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String((message.receivedBefore ?? 0) + (delivery?.receives ?? 0)),
    ApproximateFirstReceiveTimestamp: delivery && String(delivery.firstReceivedAt),
    SequenceNumber: fifo ? sequenceNumber(message) : undefined,
    MessageDeduplicationId: message.deduplicationId,
    MessageGroupId: message.groupId,
    AWSTraceHeader: message.traceHeader,
    DeadLetterQueueSourceArn: message.deadLetterSource,
  };
}

/** `All`, `.*`, a name, or a prefix such as `order.*`. */
function isAsked(name: string, asked: readonly string[]): boolean {
  return asked.some(
    pattern =>
      pattern === 'All' || pattern === name || (pattern.endsWith('.*') && name.startsWith(pattern.slice(0, -2))),
  );
}

function attributeValue({type, text, bytes}: StoredAttribute) {
  return bytes === undefined
    ? {DataType: type, StringValue: text}
    : {DataType: type, BinaryValue: new Uint8Array(Buffer.from(bytes, 'base64'))};
}
