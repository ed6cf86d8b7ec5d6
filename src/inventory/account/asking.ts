import {describeAwsError} from '../../aws/describe-aws-error.ts';

/** `doing` completes "Could not ...": 'list the functions'. */
export async function described<T>(doing: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw describeAwsError(error, doing);
  }
}

/** Undefined for what is not there: each service has its own name for that. */
export async function ifThere<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Error && absent.has(error.name)) return undefined;
    throw error;
  }
}

const absent: ReadonlySet<string> = new Set([
  'AWS.SimpleQueueService.NonExistentQueue',
  'NoSuchBucket',
  'NoSuchBucketPolicy',
  'NotFound',
  'NotFoundException',
  'QueueDoesNotExist',
  'ResourceNotFoundException',
  'TableNotFoundException',
]);

/** Some services end with an empty marker, some with none. */
export async function pages<T>(
  read: (marker: string | undefined) => Promise<readonly [readonly T[], string | undefined]>,
): Promise<readonly T[]> {
  const all: T[] = [];
  for (let marker: string | undefined; ; ) {
    const [items, next] = await read(marker);
    all.push(...items);
    if (next === undefined || next === '') return all;
    marker = next;
  }
}
