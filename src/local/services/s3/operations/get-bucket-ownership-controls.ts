import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onBucket} from '../permissions.ts';
import type {S3Store} from '../store.ts';

export const getBucketOwnershipControls = operationOf<S3Store>()({
  name: 'GetBucketOwnershipControls',
  input: structure({Bucket: required(string), ExpectedBucketOwner: string}),
  http: {
    method: 'GET',
    path: '/{Bucket}?ownershipControls',
    headers: {ExpectedBucketOwner: 'x-amz-expected-bucket-owner'},
    responseRoot: 'OwnershipControls',
    responsePayload: 'OwnershipControls',
  },
  permissions: input => onBucket('GetBucketOwnershipControls', input),
  run(input, _context, store) {
    const bucket = store.bucketOf(input);
    return {OwnershipControls: {Rule: [{ObjectOwnership: bucket.ownership}]}};
  },
});
