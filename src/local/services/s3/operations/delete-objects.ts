import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {boolean, list, required, string, structure} from '../../../shape.ts';
import {malformedXml} from '../errors.ts';
import type {S3Store} from '../store.ts';

export const deleteObjects = operationOf<S3Store>()({
  name: 'DeleteObjects',
  input: structure({
    Bucket: required(string),
    Delete: required(
      structure({
        Object: required(list(structure({Key: required(string), VersionId: string, ETag: string}))),
        Quiet: boolean,
      }),
    ),
    ExpectedBucketOwner: string,
  }),
  http: {
    method: 'POST',
    path: '/{Bucket}?delete',
    headers: {ExpectedBucketOwner: 'x-amz-expected-bucket-owner'},
    payload: 'Delete',
    responseRoot: 'DeleteResult',
  },
  /** None of its own: each key is deleted as by DeleteObject, through access, and may be denied by itself. */
  permissions: () => [],
  async run({Bucket, Delete: {Object: objects, Quiet: quiet = false}, ExpectedBucketOwner}, context, store) {
    store.bucketOf({Bucket, ExpectedBucketOwner});
    if (objects.length === 0 || objects.length > 1000) throw malformedXml();
    const deleted: object[] = [];
    const failed: object[] = [];
    for (const {Key, VersionId, ETag} of objects)
      try {
        const input = {Bucket, Key, VersionId, IfMatch: ETag};
        const gone = await context.call<{DeleteMarker?: true; VersionId?: string}>('s3', 'DeleteObject', input);
        deleted.push({
          Key,
          VersionId,
          DeleteMarker: gone.DeleteMarker,
          DeleteMarkerVersionId: gone.DeleteMarker && gone.VersionId,
        });
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error;
        failed.push({Key, VersionId, Code: error.code, Message: error.message});
      }
    return {Deleted: quiet ? [] : deleted, Error: failed};
  },
});
