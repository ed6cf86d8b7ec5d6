import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onBucket} from '../permissions.ts';
import type {S3Store} from '../store.ts';

export const getBucketEncryption = operationOf<S3Store>()({
  name: 'GetBucketEncryption',
  input: structure({Bucket: required(string), ExpectedBucketOwner: string}),
  http: {
    method: 'GET',
    path: '/{Bucket}?encryption',
    headers: {ExpectedBucketOwner: 'x-amz-expected-bucket-owner'},
    responseRoot: 'ServerSideEncryptionConfiguration',
    responsePayload: 'ServerSideEncryptionConfiguration',
  },
  permissions: input => onBucket('GetEncryptionConfiguration', input),
  /** S3 encrypts every bucket by itself since 2023; there is nothing else to be said of one here. */
  run(input, _context, store) {
    const bucket = store.bucketOf(input);
    return {
      ServerSideEncryptionConfiguration: {
        Rule: [
          {ApplyServerSideEncryptionByDefault: {SSEAlgorithm: 'AES256'}, BucketKeyEnabled: bucket.bucketKey ?? false},
        ],
      },
    };
  },
});
