import {ServiceError} from '../../service-error.ts';
import type {Entry} from './entry.ts';
import type {Queue} from './queue.ts';

/** Opaque to clients: names the queue, the message and the one receive that gave it out. */
export function receiptHandle(queue: Queue, entry: Entry): string {
  return Buffer.from(`${queue.name} ${entry.message.id} ${entry.delivery?.receipt}`).toString('base64');
}

/** The message of a handle when that is still the newest one given out for it; undefined when it is not, or gone. */
export function entryOf(queue: Queue, handle: string): Entry | undefined {
  const [name, id, receipt, ...rest] = Buffer.from(handle, 'base64').toString().split(' ');
  if (id === undefined || receipt === undefined || rest.length > 0)
    throw new ServiceError(
      'ReceiptHandleIsInvalid',
      `The input receipt handle "${handle}" is not a valid receipt handle.`,
    );
  if (name !== queue.name)
    throw new ServiceError(
      'ReceiptHandleIsInvalid',
      `The input receipt handle "${handle}" is not valid for this queue.`,
    );
  const entry = queue.find(id);
  return entry?.delivery?.receipt === receipt ? entry : undefined;
}
