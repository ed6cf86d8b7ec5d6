import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onBucket} from '../permissions.ts';
import type {S3Store} from '../store.ts';

export const deleteBucketLifecycle = operationOf<S3Store>()({
  name: 'DeleteBucketLifecycle',
  input: structure({Bucket: required(string), ExpectedBucketOwner: string}),
  http: {
    method: 'DELETE',
    path: '/{Bucket}?lifecycle',
    headers: {ExpectedBucketOwner: 'x-amz-expected-bucket-owner'},
    status: 204,
  },
  permissions: input => onBucket('PutLifecycleConfiguration', input),
  run(input, _context, store) {
    const bucket = store.bucketOf(input);
    const {lifecycle: _lifecycle, ...rest} = bucket;
    store.saveBucket(rest);
  },
});
