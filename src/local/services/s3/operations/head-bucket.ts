import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onBucket} from '../permissions.ts';
import type {S3Store} from '../store.ts';

export const headBucket = operationOf<S3Store>()({
  name: 'HeadBucket',
  input: structure({Bucket: required(string), ExpectedBucketOwner: string}),
  http: {
    method: 'HEAD',
    path: '/{Bucket}',
    headers: {ExpectedBucketOwner: 'x-amz-expected-bucket-owner'},
    responseHeaders: {BucketRegion: 'x-amz-bucket-region', BucketArn: 'x-amz-bucket-arn'},
  },
  permissions: input => onBucket('ListBucket', input),
  run(input, {region}, store) {
    const {name} = store.bucketOf(input);
    return {BucketRegion: region, BucketArn: `arn:aws:s3:::${name}`};
  },
});
