import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onBucket} from '../permissions.ts';
import type {S3Store} from '../store.ts';

export const deleteBucketTagging = operationOf<S3Store>()({
  name: 'DeleteBucketTagging',
  input: structure({Bucket: required(string), ExpectedBucketOwner: string}),
  http: {
    method: 'DELETE',
    path: '/{Bucket}?tagging',
    headers: {ExpectedBucketOwner: 'x-amz-expected-bucket-owner'},
    status: 204,
  },
  permissions: input => onBucket('PutBucketTagging', input),
  run(input, _context, store) {
    const bucket = store.bucketOf(input);
    const {tags: _tags, ...rest} = bucket;
    store.saveBucket(rest);
  },
});
