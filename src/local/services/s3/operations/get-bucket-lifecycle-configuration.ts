import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {required, string, structure} from '../../../shape.ts';
import {onBucket} from '../permissions.ts';
import type {S3Store} from '../store.ts';

export const getBucketLifecycleConfiguration = operationOf<S3Store>()({
  name: 'GetBucketLifecycleConfiguration',
  input: structure({Bucket: required(string), ExpectedBucketOwner: string}),
  http: {
    method: 'GET',
    path: '/{Bucket}?lifecycle',
    headers: {ExpectedBucketOwner: 'x-amz-expected-bucket-owner'},
    responseRoot: 'LifecycleConfiguration',
  },
  permissions: input => onBucket('GetLifecycleConfiguration', input),
  run(input, _context, store) {
    const bucket = store.bucketOf(input);
    if (bucket.lifecycle === undefined)
      throw new ServiceError('NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist', {
        status: 404,
        members: {BucketName: bucket.name},
      });
    return {Rule: bucket.lifecycle};
  },
});
