import {ServiceError} from '../../service-error.ts';

/** A place in a stream: behind the record with that number. */
export interface ShardIterator {
  readonly streamArn: string;
  readonly after: number;
  /** When it was given out, in milliseconds. */
  readonly at: number;
}

const lifetime = 15 * 60_000;

export function writeIterator({streamArn, after, at}: ShardIterator): string {
  return `${streamArn}|1|${Buffer.from(JSON.stringify([after, at])).toString('base64url')}`;
}

/** Undefined for what is no iterator. */
export function readIterator(text: string): ShardIterator | undefined {
  const [streamArn, version, position = '', ...rest] = text.split('|');
  if (!streamArn || version !== '1' || rest.length > 0) return undefined;
  try {
    const [after, at] = JSON.parse(Buffer.from(position, 'base64url').toString()) as unknown[];
    return typeof after === 'number' && typeof at === 'number' ? {streamArn, after, at} : undefined;
  } catch {
    return undefined;
  }
}

export function checkFresh({at}: ShardIterator, now: number): void {
  if (now - at > lifetime)
    throw new ServiceError(
      'ExpiredIteratorException',
      `Iterator expired. The iterator was created at time ${new Date(at).toISOString()} while right now it is ${new Date(now).toISOString()} which is further in the future than the tolerated delay of ${lifetime} milliseconds.`,
    );
}
