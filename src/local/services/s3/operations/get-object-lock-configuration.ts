import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {required, string, structure} from '../../../shape.ts';
import {onBucket} from '../permissions.ts';
import type {S3Store} from '../store.ts';

export const getObjectLockConfiguration = operationOf<S3Store>()({
  name: 'GetObjectLockConfiguration',
  input: structure({Bucket: required(string), ExpectedBucketOwner: string}),
  http: {
    method: 'GET',
    path: '/{Bucket}?object-lock',
    headers: {ExpectedBucketOwner: 'x-amz-expected-bucket-owner'},
    responseRoot: 'ObjectLockConfiguration',
    responsePayload: 'ObjectLockConfiguration',
  },
  permissions: input => onBucket('GetBucketObjectLockConfiguration', input),
  /** No bucket here has it: to be made with it, or given it, is refused. */
  run(input, _context, store): {ObjectLockConfiguration?: object} {
    const {name} = store.bucketOf(input);
    throw new ServiceError(
      'ObjectLockConfigurationNotFoundError',
      'Object Lock configuration does not exist for this bucket',
      {status: 404, members: {BucketName: name}},
    );
  },
});
