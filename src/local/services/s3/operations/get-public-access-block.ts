import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {required, string, structure} from '../../../shape.ts';
import {onBucket} from '../permissions.ts';
import type {S3Store} from '../store.ts';

export const getPublicAccessBlock = operationOf<S3Store>()({
  name: 'GetPublicAccessBlock',
  input: structure({Bucket: required(string), ExpectedBucketOwner: string}),
  http: {
    method: 'GET',
    path: '/{Bucket}?publicAccessBlock',
    headers: {ExpectedBucketOwner: 'x-amz-expected-bucket-owner'},
    responseRoot: 'PublicAccessBlockConfiguration',
    responsePayload: 'PublicAccessBlockConfiguration',
  },
  permissions: input => onBucket('GetBucketPublicAccessBlock', input),
  run(input, _context, store) {
    const bucket = store.bucketOf(input);
    if (bucket.publicAccessBlock === undefined)
      throw new ServiceError(
        'NoSuchPublicAccessBlockConfiguration',
        'The public access block configuration was not found',
        {
          status: 404,
          members: {BucketName: bucket.name},
        },
      );
    return {PublicAccessBlockConfiguration: bucket.publicAccessBlock};
  },
});
