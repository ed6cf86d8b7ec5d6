import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {required, string, structure} from '../../../shape.ts';
import {checkAcl} from '../errors.ts';
import {checkOwnership} from '../ownership.ts';
import {onBucket} from '../permissions.ts';
import type {S3Store} from '../store.ts';

export const createBucket = operationOf<S3Store>()({
  name: 'CreateBucket',
  input: structure({
    Bucket: required(string),
    ACL: string,
    ObjectOwnership: string,
    CreateBucketConfiguration: structure({LocationConstraint: string}),
  }),
  http: {
    method: 'PUT',
    path: '/{Bucket}',
    headers: {ACL: 'x-amz-acl', ObjectOwnership: 'x-amz-object-ownership'},
    payload: 'CreateBucketConfiguration',
    responseHeaders: {Location: 'Location', BucketArn: 'x-amz-bucket-arn'},
  },
  permissions: input => [
    ...onBucket('CreateBucket', input),
    ...(input.ObjectOwnership === undefined ? [] : onBucket('PutBucketOwnershipControls', input)),
  ],
  run(
    {Bucket: name, ACL, ObjectOwnership: ownership = 'BucketOwnerEnforced', CreateBucketConfiguration},
    {region},
    store,
  ) {
    checkAcl(ACL);
    checkOwnership(ownership);
    if (!/^(?!xn--)(?!.*\.\.)(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name))
      throw new ServiceError('InvalidBucketName', 'The specified bucket is not valid.', {members: {BucketName: name}});
    const wanted = CreateBucketConfiguration?.LocationConstraint ?? 'us-east-1';
    if (wanted !== region)
      throw new ServiceError(
        'IllegalLocationConstraintException',
        `The ${wanted} location constraint is incompatible for the region specific endpoint this request was sent to.`,
      );
    if (store.find(name) !== undefined) {
      // In the oldest region making one's own bucket again is no error.
      if (region === 'us-east-1') return {Location: `/${name}`, BucketArn: `arn:aws:s3:::${name}`};
      throw new ServiceError(
        'BucketAlreadyOwnedByYou',
        'Your previous request to create the named bucket succeeded and you already own it.',
        {status: 409, members: {BucketName: name}},
      );
    }
    const blocked = {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    };
    store.saveBucket({name, createdAt: store.clock.now(), ownership, publicAccessBlock: blocked});
    return {Location: `/${name}`, BucketArn: `arn:aws:s3:::${name}`};
  },
});
