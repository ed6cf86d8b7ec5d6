import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {required, string, structure} from '../../../shape.ts';
import {onBucket} from '../permissions.ts';
import type {S3Store} from '../store.ts';

export const getBucketPolicy = operationOf<S3Store>()({
  name: 'GetBucketPolicy',
  input: structure({Bucket: required(string), ExpectedBucketOwner: string}),
  http: {
    method: 'GET',
    path: '/{Bucket}?policy',
    headers: {ExpectedBucketOwner: 'x-amz-expected-bucket-owner'},
    responsePayload: 'Policy',
  },
  permissions: input => onBucket('GetBucketPolicy', input),
  run(input, _context, store) {
    const bucket = store.bucketOf(input);
    if (bucket.policy === undefined)
      throw new ServiceError('NoSuchBucketPolicy', 'The bucket policy does not exist', {
        status: 404,
        members: {BucketName: bucket.name},
      });
    return {Policy: bucket.policy};
  },
});
