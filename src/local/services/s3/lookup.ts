import type {RequestContext} from '../../operation.ts';
import {ServiceError} from '../../service-error.ts';
import type {Bucket} from './bucket.ts';
import {noSuchKey, noSuchVersion} from './errors.ts';
import type {ObjectVersion} from './object.ts';
import type {S3Store} from './store.ts';

export interface ObjectAddress {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

/** The object of a request, and its bucket; throws what S3 says when there is none to be read. */
export function findObject(
  store: S3Store,
  address: ObjectAddress,
  context: RequestContext,
): {readonly bucket: Bucket; readonly object: ObjectVersion} {
  const bucket = store.bucketOf(address);
  const {Key: key, VersionId: versionId} = address;
  if (versionId === undefined) {
    const object = store.current(bucket.name, key);
    if (object === undefined || object.deleteMarker) throw noSuchKey(context, bucket.name, key);
    return {bucket, object};
  }
  const object = store.version(bucket.name, key, versionId);
  if (object === undefined) throw noSuchVersion(key, versionId);
  if (object.deleteMarker)
    throw new ServiceError('MethodNotAllowed', 'The specified method is not allowed against this resource.', {
      status: 405,
      members: {Method: 'GET', ResourceType: 'DeleteMarker'},
    });
  return {bucket, object};
}

/** The ARN that policies name. */
export function objectArn({Bucket, Key}: {readonly Bucket: string; readonly Key: string}): string {
  return `arn:aws:s3:::${Bucket}/${Key}`;
}

export function bucketArn({Bucket}: {readonly Bucket: string}): string {
  return `arn:aws:s3:::${Bucket}`;
}
