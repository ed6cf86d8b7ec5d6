import type {S3} from '@aws-sdk/client-s3';
import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import {GearError} from '../errors.ts';
import {type Bucket, isGone} from './bucket-contents.ts';

export interface Emptied {
  readonly versions: number;
  readonly uploads: number;
}

interface EmptyOptions extends Bucket {
  readonly signal?: AbortSignal;
  onProgress(emptied: Emptied): void;
}

/**
 * Every version, every delete marker and every multipart upload that was not completed. For good. What is written
 * meanwhile goes too, as long as that comes to an end.
 */
export async function emptyBucket(
  clients: AwsClients,
  {bucket, owner, signal, onProgress}: EmptyOptions,
): Promise<Emptied> {
  const s3 = await clients.s3();
  const target = {Bucket: bucket, ExpectedBucketOwner: owner};
  let emptied: Emptied = {versions: 0, uploads: 0};
  try {
    for (let ends = 0; ends < mostEnds; ) {
      const {batch, isLast} = await firstVersions(s3, target);
      if (batch.length === 0) break;
      signal?.throwIfAborted();
      const {Errors = []} = await s3.deleteObjects({...target, Delete: {Objects: batch, Quiet: true}});
      const [refused] = Errors;
      if (refused !== undefined)
        throw new GearError(`S3 does not delete ${refused.Key} from ${bucket}: ${refused.Message ?? refused.Code}`, {
          code: 'OBJECT_NOT_DELETED',
          suggestions: ['s3:DeleteObjectVersion is needed, and no object may be locked'],
        });
      emptied = {...emptied, versions: emptied.versions + batch.length};
      onProgress(emptied);
      if (isLast) ends += 1;
    }
    for (let ends = 0; ends < mostEnds; ) {
      const {found, isLast} = await firstUploads(s3, target);
      if (found.length === 0) break;
      for (const upload of found) {
        signal?.throwIfAborted();
        await s3.abortMultipartUpload({...target, ...upload});
      }
      emptied = {...emptied, uploads: emptied.uploads + found.length};
      onProgress(emptied);
      if (isLast) ends += 1;
    }
    return emptied;
  } catch (error) {
    if (isGone(error)) return emptied;
    throw describeAwsError(error, `empty the bucket ${bucket}`);
  }
}

/** How often its last page is deleted: while something goes on writing there is always another. */
const mostEnds = 3;

type Target = Readonly<Record<'Bucket' | 'ExpectedBucketOwner', string>>;

/** Always the first page: what was on the one before is gone. */
async function firstVersions(s3: S3, target: Target) {
  const {Versions = [], DeleteMarkers = [], IsTruncated} = await s3.listObjectVersions({...target, MaxKeys: 1000});
  const batch = [...Versions, ...DeleteMarkers].map(({Key, VersionId}) => ({Key, VersionId}));
  return {batch, isLast: !IsTruncated};
}

async function firstUploads(s3: S3, target: Target) {
  const {Uploads = [], IsTruncated} = await s3.listMultipartUploads({...target, MaxUploads: 1000});
  return {found: Uploads.map(({Key, UploadId}) => ({Key, UploadId})), isLast: !IsTruncated};
}
