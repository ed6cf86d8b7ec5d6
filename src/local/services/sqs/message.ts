import {createHash} from 'node:crypto';
import type {Infer} from '../../shape.ts';
import {blob, map, string, structure} from '../../shape.ts';

/** What was sent: written once. */
export interface Message {
  readonly id: string;
  readonly queue: string;
  /** Rises with every message of the cloud, also over restarts. */
  readonly sequence: number;
  readonly body: string;
  readonly md5: string;
  readonly sender: string;
  /** What retention counts from. */
  readonly sentAt: number;
  readonly delayedUntil?: number;
  readonly attributes?: Readonly<Record<string, StoredAttribute>>;
  readonly attributesMd5?: string;
  readonly traceHeader?: string;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  /** The queue from which redrive took it. */
  readonly deadLetterSource?: string;
  /** How often it had been received before it came to this queue. */
  readonly receivedBefore?: number;
  readonly firstReceivedAt?: number;
}

/** What receiving did to a message: rewritten by every receive, so it is kept apart from the body. */
export interface Delivery {
  /** Part of the newest receipt handle: an older handle no longer deletes. */
  readonly receipt: string;
  readonly receivedAt: number;
  readonly firstReceivedAt: number;
  readonly visibleAt: number;
  /** In this queue; redrive counts these. */
  readonly receives: number;
}

export interface StoredAttribute {
  readonly type: string;
  readonly text?: string;
  /** base64 */
  readonly bytes?: string;
}

export const messageAttribute = structure({DataType: string, StringValue: string, BinaryValue: blob});
export const messageAttributes = map(messageAttribute);
export type MessageAttribute = Infer<typeof messageAttribute>;

/** FIFO queues show it as a number of twenty digits. */
export function sequenceNumber(message: Message): string {
  return (18_850_000_000_000_000_000n + BigInt(message.sequence)).toString();
}

export function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#sqs-attributes-md5-message-digest-calculation */
export function md5OfAttributes(attributes: Readonly<Record<string, StoredAttribute>>): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash('md5');
  const add = (bytes: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  for (const name of names) {
    const {type, text, bytes} = attributes[name]!;
    add(Buffer.from(name));
    add(Buffer.from(type));
    hash.update(Buffer.from([bytes === undefined ? 1 : 2]));
    add(bytes === undefined ? Buffer.from(text ?? '') : Buffer.from(bytes, 'base64'));
  }
  return hash.digest('hex');
}
