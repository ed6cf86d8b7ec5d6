import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onBucket} from '../permissions.ts';
import type {S3Store} from '../store.ts';

export const getBucketVersioning = operationOf<S3Store>()({
  name: 'GetBucketVersioning',
  input: structure({Bucket: required(string), ExpectedBucketOwner: string}),
  http: {
    method: 'GET',
    path: '/{Bucket}?versioning',
    headers: {ExpectedBucketOwner: 'x-amz-expected-bucket-owner'},
    responseRoot: 'VersioningConfiguration',
  },
  permissions: input => onBucket('GetBucketVersioning', input),
  run(input, _context, store) {
    const bucket = store.bucketOf(input);
    return {Status: bucket.versioning};
  },
});
