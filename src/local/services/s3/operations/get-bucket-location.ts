import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onBucket} from '../permissions.ts';
import type {S3Store} from '../store.ts';

export const getBucketLocation = operationOf<S3Store>()({
  name: 'GetBucketLocation',
  input: structure({Bucket: required(string), ExpectedBucketOwner: string}),
  http: {
    method: 'GET',
    path: '/{Bucket}?location',
    headers: {ExpectedBucketOwner: 'x-amz-expected-bucket-owner'},
    responsePayload: 'Document',
  },
  permissions: input => onBucket('GetBucketLocation', input),
  /** The root of this answer is a text, which no document of members is; the oldest region shows as nothing. */
  run(input, {region}, store) {
    store.bucketOf(input);
    const location = region === 'us-east-1' ? undefined : region;
    const Document = `<?xml version="1.0" encoding="UTF-8"?>\n<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${location ?? ''}</LocationConstraint>`;
    return {LocationConstraint: location, Document};
  },
});
