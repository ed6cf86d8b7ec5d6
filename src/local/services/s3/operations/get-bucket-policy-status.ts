import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {required, string, structure} from '../../../shape.ts';
import {onBucket} from '../permissions.ts';
import {isPublicPolicy} from '../public-policy.ts';
import type {S3Store} from '../store.ts';

export const getBucketPolicyStatus = operationOf<S3Store>()({
  name: 'GetBucketPolicyStatus',
  input: structure({Bucket: required(string), ExpectedBucketOwner: string}),
  http: {
    method: 'GET',
    path: '/{Bucket}?policyStatus',
    headers: {ExpectedBucketOwner: 'x-amz-expected-bucket-owner'},
    responseRoot: 'PolicyStatus',
    responsePayload: 'PolicyStatus',
  },
  permissions: input => onBucket('GetBucketPolicyStatus', input),
  run(input, _context, store) {
    const bucket = store.bucketOf(input);
    if (bucket.policy === undefined)
      throw new ServiceError('NoSuchBucketPolicy', 'The bucket policy does not exist', {
        status: 404,
        members: {BucketName: bucket.name},
      });
    return {PolicyStatus: {IsPublic: isPublicPolicy(JSON.parse(bucket.policy))}};
  },
});
