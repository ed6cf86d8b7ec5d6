import type {Collection} from '../../state.ts';
import {attributeOf} from './attributes.ts';
import {type Message, md5OfAttributes, sequenceNumber} from './message.ts';
import type {Queue} from './queue.ts';
import type {NewMessage, SqsStore} from './store.ts';

/** What the sender is told; for a duplicate that is the message it repeats. */
export interface Sent {
  readonly MessageId: string;
  readonly MD5OfMessageBody: string;
  readonly MD5OfMessageAttributes?: string;
  readonly MD5OfMessageSystemAttributes?: string;
  readonly SequenceNumber?: string;
}

/** Sends, unless a FIFO queue was sent the same deduplication id in the last five minutes. */
export function sendOnce(store: SqsStore, queue: Queue, message: NewMessage): Sent {
  if (!queue.fifo) return answer(store.send(queue, message), message);
  const records = store.state.collection<Remembered>('sqs deduplication');
  const now = store.clock.now();
  forgetExpired(records, now);
  const perGroup = attributeOf(queue.record.attributes, 'DeduplicationScope') === 'messageGroup';
  const key = JSON.stringify([
    queue.name,
    queue.record.createdAt,
    perGroup ? message.groupId : '',
    message.deduplicationId,
  ]);
  const known = records.get(key);
  if (known !== undefined && known.until > now)
    return {...digests(message), MessageId: known.messageId, SequenceNumber: known.sequenceNumber};
  return store.state.transaction(() => {
    const sent = store.send(queue, message);
    records.delete(key);
    records.set(key, {messageId: sent.id, sequenceNumber: sequenceNumber(sent), until: now + fiveMinutes});
    return answer(sent, message);
  });
}

interface Remembered {
  readonly messageId: string;
  readonly sequenceNumber: string;
  readonly until: number;
}

const fiveMinutes = 300_000;

/** Entries are in the order in which they were sent, so the expired ones stand first. */
function forgetExpired(records: Collection<Remembered>, now: number): void {
  for (const [key, {until}] of records.entries()) {
    if (until > now) return;
    records.delete(key);
  }
}

function answer(sent: Message, message: NewMessage): Sent {
  return {
    ...digests(message),
    MessageId: sent.id,
    ...(sent.deduplicationId !== undefined && {SequenceNumber: sequenceNumber(sent)}),
  };
}

function digests({md5, attributesMd5, traceHeader}: NewMessage) {
  const systemMd5 = traceHeader && md5OfAttributes({AWSTraceHeader: {type: 'String', text: traceHeader}});
  return {
    MD5OfMessageBody: md5,
    ...(attributesMd5 !== undefined && {MD5OfMessageAttributes: attributesMd5}),
    ...(systemMd5 && {MD5OfMessageSystemAttributes: systemMd5}),
  };
}
