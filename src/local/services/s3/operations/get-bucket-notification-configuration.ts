import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onBucket} from '../permissions.ts';
import type {S3Store} from '../store.ts';

export const getBucketNotificationConfiguration = operationOf<S3Store>()({
  name: 'GetBucketNotificationConfiguration',
  input: structure({Bucket: required(string), ExpectedBucketOwner: string}),
  http: {
    method: 'GET',
    path: '/{Bucket}?notification',
    headers: {ExpectedBucketOwner: 'x-amz-expected-bucket-owner'},
    responseRoot: 'NotificationConfiguration',
  },
  permissions: input => onBucket('GetBucketNotification', input),
  run(input, _context, store) {
    const bucket = store.bucketOf(input);
    return {...bucket.notification};
  },
});
