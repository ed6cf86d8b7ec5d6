import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onBucket} from '../permissions.ts';
import type {S3Store} from '../store.ts';

export const deleteBucketEncryption = operationOf<S3Store>()({
  name: 'DeleteBucketEncryption',
  input: structure({Bucket: required(string), ExpectedBucketOwner: string}),
  http: {
    method: 'DELETE',
    path: '/{Bucket}?encryption',
    headers: {ExpectedBucketOwner: 'x-amz-expected-bucket-owner'},
    status: 204,
  },
  permissions: input => onBucket('PutEncryptionConfiguration', input),
  run(input, _context, store) {
    const bucket = store.bucketOf(input);
    const {bucketKey: _bucketKey, ...rest} = bucket;
    store.saveBucket(rest);
  },
});
