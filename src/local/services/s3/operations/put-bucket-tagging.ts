import {operationOf} from '../../../operation.ts';
import {list, required, string, structure} from '../../../shape.ts';
import {onBucket} from '../permissions.ts';
import type {S3Store} from '../store.ts';

export const putBucketTagging = operationOf<S3Store>()({
  name: 'PutBucketTagging',
  input: structure({
    Bucket: required(string),
    Tagging: required(
      structure({TagSet: required(list(structure({Key: required(string), Value: required(string)}), 'Tag'))}),
    ),
    ExpectedBucketOwner: string,
  }),
  http: {
    method: 'PUT',
    path: '/{Bucket}?tagging',
    headers: {ExpectedBucketOwner: 'x-amz-expected-bucket-owner'},
    payload: 'Tagging',
    status: 204,
  },
  permissions: input => onBucket('PutBucketTagging', input),
  run(input, _context, store) {
    const bucket = store.bucketOf(input);
    const tags = Object.fromEntries(input.Tagging.TagSet.map(({Key, Value}) => [Key, Value]));
    store.saveBucket({...bucket, tags});
  },
});
