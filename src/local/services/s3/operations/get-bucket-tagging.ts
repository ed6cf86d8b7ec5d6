import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {required, string, structure} from '../../../shape.ts';
import {onBucket} from '../permissions.ts';
import type {S3Store} from '../store.ts';

export const getBucketTagging = operationOf<S3Store>()({
  name: 'GetBucketTagging',
  input: structure({Bucket: required(string), ExpectedBucketOwner: string}),
  http: {
    method: 'GET',
    path: '/{Bucket}?tagging',
    headers: {ExpectedBucketOwner: 'x-amz-expected-bucket-owner'},
    responseRoot: 'Tagging',
  },
  permissions: input => onBucket('GetBucketTagging', input),
  run(input, _context, store) {
    const bucket = store.bucketOf(input);
    if (bucket.tags === undefined)
      throw new ServiceError('NoSuchTagSet', 'The TagSet does not exist', {
        status: 404,
        members: {BucketName: bucket.name},
      });
    return {TagSet: {Tag: Object.entries(bucket.tags).map(([Key, Value]) => ({Key, Value}))}};
  },
});
