import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {required, string, structure} from '../../../shape.ts';
import {onBucket} from '../permissions.ts';
import {isPublicPolicy} from '../public-policy.ts';
import type {S3Store} from '../store.ts';

export const putBucketPolicy = operationOf<S3Store>()({
  name: 'PutBucketPolicy',
  input: structure({Bucket: required(string), Policy: required(string), ExpectedBucketOwner: string}),
  http: {
    method: 'PUT',
    path: '/{Bucket}?policy',
    headers: {ExpectedBucketOwner: 'x-amz-expected-bucket-owner'},
    payload: 'Policy',
    status: 204,
  },
  permissions: input => onBucket('PutBucketPolicy', input),
  run(input, _context, store) {
    const bucket = store.bucketOf(input);
    const policy = parsePolicyText(input.Policy, bucket.name);
    if (bucket.publicAccessBlock?.BlockPublicPolicy && isPublicPolicy(policy))
      throw new ServiceError(
        'AccessDenied',
        'User is not authorized to perform: s3:PutBucketPolicy because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.',
        {status: 403},
      );
    store.saveBucket({...bucket, policy: input.Policy});
  },
});

function parsePolicyText(text: string, bucket: string): unknown {
  const malformed = (message: string) => new ServiceError('MalformedPolicy', message);
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch {
    throw malformed("Policies must be valid JSON and the first byte must be '{'");
  }
  const {Statement: statements} = (policy ?? {}) as {Statement?: unknown};
  if (statements === undefined) throw malformed('Missing required field Statement');
  for (const statement of [statements].flat() as Record<string, unknown>[]) {
    if (statement.Principal === undefined && statement.NotPrincipal === undefined)
      throw malformed('Missing required field Principal');
    const resources = [statement.Resource ?? statement.NotResource ?? []].flat();
    if (resources.length === 0) throw malformed('Missing required field Resource');
    for (const resource of resources)
      if (!String(resource).startsWith(`arn:aws:s3:::${bucket}`)) throw malformed('Policy has invalid resource');
  }
  return policy;
}
