import type {PendingRecord} from './stream-record.ts';

/** The event of a batch. */
export function payloadOf(records: readonly PendingRecord[]): string {
  return `{"Records":[${records.map(({json}) => json).join(',')}]}`;
}

/** What a payload may weigh. */
const mostBytes = 6 * 1024 * 1024;

/** Takes the next batch from a queue of records: so many, and no more than a payload holds. */
export function takeBatch(queue: PendingRecord[], most: number): PendingRecord[] {
  let bytes = 0;
  let count = 0;
  for (; count < Math.min(queue.length, most); count++) {
    bytes += Buffer.byteLength(queue[count]!.json) + 1;
    if (count > 0 && bytes > mostBytes) break;
  }
  return queue.splice(0, count);
}
