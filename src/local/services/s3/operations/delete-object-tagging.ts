import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {findObject} from '../lookup.ts';
import {happening} from '../notifications.ts';
import {shownVersion} from '../object.ts';
import {onObject} from '../permissions.ts';
import type {S3Store} from '../store.ts';

export const deleteObjectTagging = operationOf<S3Store>()({
  name: 'DeleteObjectTagging',
  input: structure({
    Bucket: required(string),
    Key: required(string),
    VersionId: string,
    ExpectedBucketOwner: string,
  }),
  http: {
    method: 'DELETE',
    path: '/{Bucket}/{Key+}?tagging',
    query: {VersionId: 'versionId'},
    headers: {ExpectedBucketOwner: 'x-amz-expected-bucket-owner'},
    status: 204,
    responseHeaders: {VersionId: 'x-amz-version-id'},
  },
  permissions: input => onObject('DeleteObjectTagging', 'DeleteObjectVersionTagging', input),
  run(input, context, store) {
    const {bucket, object} = findObject(store, input, context);
    store.replace(bucket, {...object, tags: {}}, happening('ObjectTagging:Delete', context));
    return {VersionId: shownVersion(object, bucket.versioning !== undefined)};
  },
});
