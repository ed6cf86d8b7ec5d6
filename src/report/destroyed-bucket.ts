import type {Emptied} from '../deploy/empty-bucket.ts';
import {counted} from '../model/counted.ts';

export interface DestroyedBucket extends Emptied {
  readonly bucket: string;
  readonly existed: boolean;
  readonly deleted: boolean;
}

export function destroyedBucketText({bucket, existed, deleted, versions}: DestroyedBucket): string {
  if (!existed) return `There is no bucket ${bucket} here: nothing to delete`;
  if (!deleted) return `The bucket ${bucket} would be deleted, with all that is in it`;
  return `Deleted the bucket ${bucket}${versions === 0 ? '' : `, with ${counted(versions, 'version')} of objects`}`;
}

export function bucketQuestion(bucket: string): string {
  return `This deletes the bucket ${bucket} and all that is in it for good. Type ${bucket} to go on:`;
}

/** What ^C leaves of it. */
export function interruptedBucketText(bucket: string, versions: number): string {
  const without =
    versions === 0
      ? ''
      : `, without the ${counted(versions, 'version')} that ${versions === 1 ? 'was' : 'were'} deleted`;
  return `Interrupted. The bucket ${bucket} stands${without}.`;
}
