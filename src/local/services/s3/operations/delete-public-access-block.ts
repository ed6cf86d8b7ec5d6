import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onBucket} from '../permissions.ts';
import type {S3Store} from '../store.ts';

export const deletePublicAccessBlock = operationOf<S3Store>()({
  name: 'DeletePublicAccessBlock',
  input: structure({Bucket: required(string), ExpectedBucketOwner: string}),
  http: {
    method: 'DELETE',
    path: '/{Bucket}?publicAccessBlock',
    headers: {ExpectedBucketOwner: 'x-amz-expected-bucket-owner'},
    status: 204,
  },
  permissions: input => onBucket('PutBucketPublicAccessBlock', input),
  run(input, _context, store) {
    const bucket = store.bucketOf(input);
    const {publicAccessBlock: _block, ...rest} = bucket;
    store.saveBucket(rest);
  },
});
