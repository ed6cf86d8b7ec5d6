import {operationOf} from '../../../operation.ts';
import {list, required, string, structure} from '../../../shape.ts';
import {checkOwnership} from '../ownership.ts';
import {onBucket} from '../permissions.ts';
import type {S3Store} from '../store.ts';

export const putBucketOwnershipControls = operationOf<S3Store>()({
  name: 'PutBucketOwnershipControls',
  input: structure({
    Bucket: required(string),
    OwnershipControls: required(structure({Rule: required(list(structure({ObjectOwnership: required(string)})))})),
    ExpectedBucketOwner: string,
  }),
  http: {
    method: 'PUT',
    path: '/{Bucket}?ownershipControls',
    headers: {ExpectedBucketOwner: 'x-amz-expected-bucket-owner'},
    payload: 'OwnershipControls',
  },
  permissions: input => onBucket('PutBucketOwnershipControls', input),
  run(input, _context, store) {
    const bucket = store.bucketOf(input);
    const [rule] = input.OwnershipControls.Rule;
    checkOwnership(rule?.ObjectOwnership);
    store.saveBucket({...bucket, ownership: 'BucketOwnerEnforced'});
  },
});
