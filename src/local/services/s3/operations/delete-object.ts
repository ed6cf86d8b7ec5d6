import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {checkWrite} from '../conditions.ts';
import {happening} from '../notifications.ts';
import {onObject} from '../permissions.ts';
import type {S3Store} from '../store.ts';

export const deleteObject = operationOf<S3Store>()({
  name: 'DeleteObject',
  input: structure({
    Bucket: required(string),
    Key: required(string),
    VersionId: string,
    IfMatch: string,
    ExpectedBucketOwner: string,
  }),
  http: {
    method: 'DELETE',
    path: '/{Bucket}/{Key+}',
    query: {VersionId: 'versionId'},
    headers: {IfMatch: 'If-Match', ExpectedBucketOwner: 'x-amz-expected-bucket-owner'},
    status: 204,
    responseHeaders: {DeleteMarker: 'x-amz-delete-marker', VersionId: 'x-amz-version-id'},
  },
  permissions: input => onObject('DeleteObject', 'DeleteObjectVersion', input),
  /** A key that is not there is no error: it is gone, as was asked. */
  run(input, context, store) {
    const bucket = store.bucketOf(input);
    const {Key: key, VersionId: versionId} = input;
    const what = happening('ObjectRemoved:Delete', context);
    checkWrite(store.current(bucket.name, key), {IfMatch: input.IfMatch});
    if (versionId === undefined) {
      const marker = store.deleteCurrent(bucket, key, what);
      return marker === undefined ? {} : {DeleteMarker: true, VersionId: marker.versionId};
    }
    const version = store.version(bucket.name, key, versionId);
    if (version !== undefined) store.deleteVersion(bucket, version, what);
    return {VersionId: versionId, ...(version?.deleteMarker && {DeleteMarker: true})};
  },
});
