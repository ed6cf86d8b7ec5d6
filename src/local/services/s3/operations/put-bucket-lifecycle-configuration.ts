import {operationOf} from '../../../operation.ts';
import {list, required, string, structure} from '../../../shape.ts';
import {checkedRules, lifecycleRule} from '../lifecycle-rules.ts';
import {onBucket} from '../permissions.ts';
import type {S3Store} from '../store.ts';

export const putBucketLifecycleConfiguration = operationOf<S3Store>()({
  name: 'PutBucketLifecycleConfiguration',
  input: structure({
    Bucket: required(string),
    LifecycleConfiguration: required(structure({Rule: required(list(lifecycleRule))})),
    ExpectedBucketOwner: string,
  }),
  http: {
    method: 'PUT',
    path: '/{Bucket}?lifecycle',
    headers: {ExpectedBucketOwner: 'x-amz-expected-bucket-owner'},
    payload: 'LifecycleConfiguration',
  },
  permissions: input => onBucket('PutLifecycleConfiguration', input),
  run(input, _context, store) {
    const bucket = store.bucketOf(input);
    const lifecycle = checkedRules(input.LifecycleConfiguration.Rule);
    store.saveBucket({...bucket, lifecycle});
  },
});
