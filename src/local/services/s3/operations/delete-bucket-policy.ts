import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onBucket} from '../permissions.ts';
import type {S3Store} from '../store.ts';

export const deleteBucketPolicy = operationOf<S3Store>()({
  name: 'DeleteBucketPolicy',
  input: structure({Bucket: required(string), ExpectedBucketOwner: string}),
  http: {
    method: 'DELETE',
    path: '/{Bucket}?policy',
    headers: {ExpectedBucketOwner: 'x-amz-expected-bucket-owner'},
    status: 204,
  },
  permissions: input => onBucket('DeleteBucketPolicy', input),
  run(input, _context, store) {
    const bucket = store.bucketOf(input);
    const {policy: _policy, ...rest} = bucket;
    store.saveBucket(rest);
  },
});
