import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {objectArn} from '../lookup.ts';
import type {S3Store} from '../store.ts';

export const abortMultipartUpload = operationOf<S3Store>()({
  name: 'AbortMultipartUpload',
  input: structure({
    Bucket: required(string),
    Key: required(string),
    UploadId: required(string),
    ExpectedBucketOwner: string,
  }),
  http: {
    method: 'DELETE',
    path: '/{Bucket}/{Key+}?uploadId',
    query: {UploadId: 'uploadId'},
    headers: {ExpectedBucketOwner: 'x-amz-expected-bucket-owner'},
    status: 204,
  },
  permissions: input => [{action: 's3:AbortMultipartUpload', resource: objectArn(input)}],
  run(input, _context, store) {
    store.bucketOf(input);
    store.uploads.abort(store.uploads.find(input));
  },
});
