import {operationOf} from '../../../operation.ts';
import {boolean, list, required, string, structure} from '../../../shape.ts';
import {checkEncryption, malformedXml} from '../errors.ts';
import {onBucket} from '../permissions.ts';
import type {S3Store} from '../store.ts';

export const putBucketEncryption = operationOf<S3Store>()({
  name: 'PutBucketEncryption',
  input: structure({
    Bucket: required(string),
    ServerSideEncryptionConfiguration: required(
      structure({
        Rule: required(
          list(
            structure({
              ApplyServerSideEncryptionByDefault: required(structure({SSEAlgorithm: required(string)})),
              BucketKeyEnabled: boolean,
            }),
          ),
        ),
      }),
    ),
    ExpectedBucketOwner: string,
  }),
  http: {
    method: 'PUT',
    path: '/{Bucket}?encryption',
    headers: {ExpectedBucketOwner: 'x-amz-expected-bucket-owner'},
    payload: 'ServerSideEncryptionConfiguration',
  },
  permissions: input => onBucket('PutEncryptionConfiguration', input),
  /** A bucket key saves calls to KMS, which AES256 never makes: kept and shown. */
  run(input, _context, store) {
    const bucket = store.bucketOf(input);
    const [rule, ...others] = input.ServerSideEncryptionConfiguration.Rule;
    if (rule === undefined || others.length > 0) throw malformedXml();
    checkEncryption(rule.ApplyServerSideEncryptionByDefault.SSEAlgorithm);
    store.saveBucket({...bucket, bucketKey: rule.BucketKeyEnabled ?? false});
  },
});
