import {operationOf} from '../../../operation.ts';
import {boolean, required, string, structure} from '../../../shape.ts';
import {onBucket} from '../permissions.ts';
import type {S3Store} from '../store.ts';

export const putPublicAccessBlock = operationOf<S3Store>()({
  name: 'PutPublicAccessBlock',
  input: structure({
    Bucket: required(string),
    PublicAccessBlockConfiguration: required(
      structure({
        BlockPublicAcls: boolean,
        IgnorePublicAcls: boolean,
        BlockPublicPolicy: boolean,
        RestrictPublicBuckets: boolean,
      }),
    ),
    ExpectedBucketOwner: string,
  }),
  http: {
    method: 'PUT',
    path: '/{Bucket}?publicAccessBlock',
    headers: {ExpectedBucketOwner: 'x-amz-expected-bucket-owner'},
    payload: 'PublicAccessBlockConfiguration',
  },
  permissions: input => onBucket('PutBucketPublicAccessBlock', input),
  /** Nobody outside the account can reach this cloud, so that only BlockPublicPolicy has something to refuse. */
  run(input, _context, store) {
    const bucket = store.bucketOf(input);
    const {
      BlockPublicAcls = false,
      IgnorePublicAcls = false,
      BlockPublicPolicy = false,
      RestrictPublicBuckets = false,
    } = input.PublicAccessBlockConfiguration;
    const publicAccessBlock = {BlockPublicAcls, IgnorePublicAcls, BlockPublicPolicy, RestrictPublicBuckets};
    store.saveBucket({...bucket, publicAccessBlock});
  },
});
