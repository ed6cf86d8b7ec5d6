import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {findObject} from '../lookup.ts';
import {shownVersion} from '../object.ts';
import {onObject} from '../permissions.ts';
import type {S3Store} from '../store.ts';

export const getObjectTagging = operationOf<S3Store>()({
  name: 'GetObjectTagging',
  input: structure({
    Bucket: required(string),
    Key: required(string),
    VersionId: string,
    ExpectedBucketOwner: string,
  }),
  http: {
    method: 'GET',
    path: '/{Bucket}/{Key+}?tagging',
    query: {VersionId: 'versionId'},
    headers: {ExpectedBucketOwner: 'x-amz-expected-bucket-owner'},
    responseHeaders: {VersionId: 'x-amz-version-id'},
    responseRoot: 'Tagging',
  },
  permissions: input => onObject('GetObjectTagging', 'GetObjectVersionTagging', input),
  run(input, context, store) {
    const {bucket, object} = findObject(store, input, context);
    return {
      VersionId: shownVersion(object, bucket.versioning !== undefined),
      TagSet: {Tag: Object.entries(object.tags).map(([Key, Value]) => ({Key, Value}))},
    };
  },
});
