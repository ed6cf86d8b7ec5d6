import {operationOf} from '../../../operation.ts';
import {resourcePolicyProblem} from '../../../resource-policy.ts';
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
  if ((policy as {Statement?: unknown} | null)?.Statement === undefined)
    throw malformed('Missing required field Statement');
  const problem = resourcePolicyProblem(text);
  if (problem !== undefined) throw malformed(problem);
  for (const statement of [(policy as {Statement: unknown}).Statement].flat() as Record<string, unknown>[]) {
    for (const action of [statement.Action ?? statement.NotAction].flat())
      if (!/^(\*|s3:)/i.test(String(action))) throw malformed('Policy has invalid action');
    for (const resource of [statement.Resource ?? statement.NotResource].flat())
      if (!isOfBucket(String(resource), bucket)) throw malformed('Policy has invalid resource');
  }
  return policy;
}

/** The bucket itself, its objects, or a pattern of them. */
function isOfBucket(resource: string, bucket: string): boolean {
  const arn = `arn:aws:s3:::${bucket}`;
  return resource === arn || resource === `${arn}*` || resource.startsWith(`${arn}/`);
}
