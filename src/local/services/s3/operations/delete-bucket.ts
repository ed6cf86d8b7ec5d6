import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onBucket} from '../permissions.ts';
import type {S3Store} from '../store.ts';

export const deleteBucket = operationOf<S3Store>()({
  name: 'DeleteBucket',
  input: structure({Bucket: required(string), ExpectedBucketOwner: string}),
  http: {
    method: 'DELETE',
    path: '/{Bucket}',
    headers: {ExpectedBucketOwner: 'x-amz-expected-bucket-owner'},
    status: 204,
  },
  permissions: input => onBucket('DeleteBucket', input),
  run(input, _context, store) {
    store.deleteBucket(store.bucketOf(input));
  },
});
