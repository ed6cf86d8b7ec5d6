import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {required, string, structure} from '../../../shape.ts';
import {onBucket} from '../permissions.ts';
import type {S3Store} from '../store.ts';

export const putBucketVersioning = operationOf<S3Store>()({
  name: 'PutBucketVersioning',
  input: structure({
    Bucket: required(string),
    VersioningConfiguration: required(structure({Status: string})),
    ExpectedBucketOwner: string,
  }),
  http: {
    method: 'PUT',
    path: '/{Bucket}?versioning',
    headers: {ExpectedBucketOwner: 'x-amz-expected-bucket-owner'},
    payload: 'VersioningConfiguration',
  },
  permissions: input => onBucket('PutBucketVersioning', input),
  run(input, _context, store) {
    const bucket = store.bucketOf(input);
    const {Status: status} = input.VersioningConfiguration;
    if (status !== 'Enabled' && status !== 'Suspended')
      throw new ServiceError('IllegalVersioningConfigurationException', 'The Versioning element must be specified');
    store.saveBucket({...bucket, versioning: status});
  },
});
