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

/** Every version, every delete marker and every multipart upload that was not completed. For good. */
export async function emptyBucket(
  clients: AwsClients,
  {bucket, owner, signal, onProgress}: EmptyOptions,
): Promise<Emptied> {
  const s3 = await clients.s3();
  const target = {Bucket: bucket, ExpectedBucketOwner: owner};
  let emptied: Emptied = {versions: 0, uploads: 0};
  try {
    for (let batch = await firstVersions(s3, target); batch.length > 0; batch = await firstVersions(s3, target)) {
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
    }
    for (let found = await firstUploads(s3, target); found.length > 0; found = await firstUploads(s3, target)) {
      for (const upload of found) {
        signal?.throwIfAborted();
        await s3.abortMultipartUpload({...target, ...upload});
      }
      emptied = {...emptied, uploads: emptied.uploads + found.length};
      onProgress(emptied);
    }
    return emptied;
  } catch (error) {
    if (isGone(error)) return emptied;
    throw describeAwsError(error, `empty the bucket ${bucket}`);
  }
}

type Target = Readonly<Record<'Bucket' | 'ExpectedBucketOwner', string>>;

/** Always the first page: what was on the one before is gone. */
async function firstVersions(s3: S3, target: Target) {
  const {Versions = [], DeleteMarkers = []} = await s3.listObjectVersions({...target, MaxKeys: 1000});
  return [...Versions, ...DeleteMarkers].map(({Key, VersionId}) => ({Key, VersionId}));
}

async function firstUploads(s3: S3, target: Target) {
  const {Uploads = []} = await s3.listMultipartUploads({...target, MaxUploads: 1000});
  return Uploads.map(({Key, UploadId}) => ({Key, UploadId}));
}
