import {ServiceError} from '../../service-error.ts';
import {invalidParameter} from './errors.ts';
import type {Queue} from './queue.ts';
import {entryOf} from './receipt-handle.ts';
import type {SqsStore} from './store.ts';

const twelveHours = 43_200;

/** Hides a received message for `seconds` from now on; 0 shows it at once. */
export function changeVisibility(store: SqsStore, queue: Queue, handle: string, seconds: number): void {
  checkVisibilityTimeout(seconds);
  const now = store.clock.now();
  const entry = entryOf(queue, handle);
  if (entry === undefined)
    throw invalidParameter(
      `Value ${handle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`,
    );
  if (!queue.isInFlight(entry, now))
    throw new ServiceError('MessageNotInflight', 'The specified message is not in flight.');
  const visibleAt = now + seconds * 1000;
  if (visibleAt > (entry.delivery?.receivedAt ?? now) + twelveHours * 1000)
    throw invalidParameter(
      `Value ${seconds} for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond the limit [${twelveHours} seconds].`,
    );
  queue.changeVisibility(entry, visibleAt, now);
}

export function checkVisibilityTimeout(seconds: number): void {
  if (seconds < 0 || seconds > twelveHours)
    throw invalidParameter(
      `Value ${seconds} for parameter VisibilityTimeout is invalid. Reason: VisibilityTimeout must be an integer between 0 and 43200.`,
    );
}

/** A handle that is not the newest one deletes nothing and is no error, unless the queue is FIFO and time has run out. */
export function deleteMessage(store: SqsStore, queue: Queue, handle: string): void {
  const entry = entryOf(queue, handle);
  if (entry === undefined) return;
  if (queue.fifo && !queue.isInFlight(entry, store.clock.now()))
    throw invalidParameter(
      `Value ${handle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`,
    );
  store.delete(queue, entry);
}
