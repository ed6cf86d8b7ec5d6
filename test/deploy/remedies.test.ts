import {expect, test} from 'vitest';
import {readReason} from '../../src/deploy/failure-reason.ts';
import {remedies, remedyFor} from '../../src/deploy/remedies.ts';

const handler = (message: string, code: string) =>
  `Resource handler returned message: "${message}" (RequestToken: 1d9a5c0e-3b1f-4a7e-8f0a-6f1f2f3f4f5f, HandlerErrorCode: ${code})`;

/** What CloudFormation says of a resource, and what is known to help. */
const cases: readonly (readonly [id: string, resourceType: string, reason: string, advice: RegExp])[] = [
  [
    'deployer-not-allowed',
    'AWS::SQS::Queue',
    handler(
      'User: arn:aws:sts::111122223333:assumed-role/deploy/ci is not authorized to perform: sqs:CreateQueue on resource: arn:aws:sqs:eu-central-1:111122223333:orders because no identity-based policy allows the sqs:CreateQueue action (Service: Sqs, Status Code: 403, Request ID: 1f)',
      'AccessDenied',
    ),
    /^allow sqs:CreateQueue on arn:aws:sqs:eu-central-1:111122223333:orders to the role deploy, which deploys$/,
  ],
  [
    'deployer-not-allowed',
    'AWS::IAM::Role',
    'API: iam:CreateRole User: arn:aws:iam::111122223333:user/ana is not authorized to perform: iam:CreateRole on resource: arn:aws:iam::111122223333:role/orders-SaveRole-3Z',
    /^allow iam:CreateRole on arn:aws:iam::111122223333:role\/orders-SaveRole-3Z to the user ana, which deploys$/,
  ],
  [
    'organization-denies',
    'AWS::Lambda::Function',
    handler(
      'User: arn:aws:sts::111122223333:assumed-role/deploy/ci is not authorized to perform: lambda:CreateFunction on resource: arn:aws:lambda:us-east-1:111122223333:function:orders with an explicit deny in a service control policy',
      'AccessDenied',
    ),
    /its service control policy denies lambda:CreateFunction/,
  ],
  ['access-denied', 'AWS::S3::BucketPolicy', 'API: s3:PutBucketPolicy Access Denied', /^allow s3:PutBucketPolicy to/],
  ['access-denied', 'AWS::S3::Bucket', handler('Access Denied', 'AccessDenied'), /CloudTrail/],
  [
    'poller-not-allowed',
    'AWS::Lambda::EventSourceMapping',
    handler(
      'Invalid request provided: The provided execution role does not have permissions to call ReceiveMessage on SQS (Service: Lambda, Status Code: 400, Request ID: 7d)',
      'InvalidRequest',
    ),
    /^allow sqs:ReceiveMessage in the function’s role/,
  ],
  [
    'credentials-expired',
    'AWS::SQS::Queue',
    'The security token included in the request is expired (Service: Sqs, Status Code: 403, Request ID: 2)',
    /^log in again/,
  ],
  [
    'secret-scheduled-for-deletion',
    'AWS::SecretsManager::Secret',
    handler(
      "You can't create this secret because a secret with this name is already scheduled for deletion. (Service: SecretsManager, Status Code: 400)",
      'InvalidRequest',
    ),
    /^aws secretsmanager restore-secret --secret-id NAME, with the Name of /,
  ],
  [
    'name-in-another-stack',
    'AWS::DynamoDB::Table',
    'orders already exists in stack arn:aws:cloudformation:eu-central-1:111122223333:stack/billing/5b1f0f30',
    /^take it out of the stack billing first, or give orders another name$/,
  ],
  [
    'log-group-exists',
    'AWS::Logs::LogGroup',
    handler(
      "Resource of type 'AWS::Logs::LogGroup' with identifier '/aws/lambda/orders' already exists.",
      'AlreadyExists',
    ),
    /^import the log group/,
  ],
  [
    'name-taken',
    'AWS::SQS::Queue',
    handler('A queue already exists with the same name', 'AlreadyExists'),
    /^leave out the name of Save/,
  ],
  [
    'name-taken',
    'AWS::S3::Bucket',
    handler(
      'The requested bucket name is not available. The bucket namespace is shared by all users of the system.',
      'GeneralServiceException',
    ),
    /^leave out the name of Save/,
  ],
  [
    'custom-name-needs-replacement',
    'AWS::DynamoDB::Table',
    'CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename orders and update the stack again.',
    /another name than orders/,
  ],
  [
    'artefact-missing',
    'AWS::Lambda::Function',
    handler(
      'Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist. (Service: Lambda, Status Code: 400, Request ID: 0b)',
      'InvalidRequest',
    ),
    /uploaded anew/,
  ],
  [
    'artefact-in-another-region',
    'AWS::Lambda::Function',
    handler(
      'Error occurred while GetObject. S3 Error Code: PermanentRedirect. S3 Error Message: The bucket is in this region: us-east-1. Please use this region to retry the request',
      'InvalidRequest',
    ),
    /stack’s own region/,
  ],
  [
    'package-too-large',
    'AWS::Lambda::Function',
    handler('Unzipped size must be smaller than 262144000 bytes', 'InvalidRequest'),
    /^gear audit names/,
  ],
  [
    'code-storage-full',
    'AWS::Lambda::Function',
    handler('Code storage limit exceeded.', 'ServiceLimitExceeded'),
    /versions/,
  ],
  [
    'role-policy-too-large',
    'AWS::IAM::Role',
    handler('Maximum policy size of 10240 bytes exceeded for role orders-SaveRole-3Z', 'ServiceLimitExceeded'),
    /^one role for each function/,
  ],
  [
    'no-concurrency-left',
    'AWS::Lambda::Function',
    handler(
      "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [50].",
      'InvalidRequest',
    ),
    /^a smaller ReservedConcurrentExecutions/,
  ],
  [
    'role-not-yet-assumable',
    'AWS::Lambda::Function',
    handler('The role defined for the function cannot be assumed by Lambda.', 'InvalidRequest'),
    /^gear deploy again: a new role/,
  ],
  [
    'role-not-yet-assumable',
    'AWS::Scheduler::Schedule',
    handler(
      'The execution role you provide must allow AWS EventBridge Scheduler to assume the role.',
      'InvalidRequest',
    ),
    /^gear deploy again: a new role/,
  ],
  [
    'not-empty',
    'AWS::S3::Bucket',
    handler('The bucket you tried to delete is not empty', 'GeneralServiceException'),
    /^empty Save/,
  ],
  [
    'export-in-use',
    'AWS::SQS::Queue',
    'Export orders-queue cannot be deleted as it is in use by billing.',
    /^deploy billing without its import of orders-queue first$/,
  ],
  [
    'network-interfaces-linger',
    'AWS::EC2::SecurityGroup',
    handler(
      'resource sg-0123 has a dependent object (Service: Ec2, Status Code: 400, Request ID: 3a)',
      'InvalidRequest',
    ),
    /half an hour/,
  ],
  [
    'limit-exceeded',
    'AWS::EC2::VPC',
    handler('The maximum number of VPCs has been reached.', 'ServiceLimitExceeded'),
    /raise the quota/,
  ],
  [
    'throttled',
    'AWS::IAM::Role',
    handler('Rate exceeded (Service: Iam, Status Code: 400, Request ID: 4)', 'Throttling'),
    /at once/,
  ],
  [
    'busy-resource',
    'AWS::Lambda::Function',
    handler(
      'The operation cannot be performed at this time. An update is in progress for resource: arn:aws:lambda:eu-central-1:111122223333:function:orders',
      'ResourceConflict',
    ),
    /when whatever else changes it is done/,
  ],
  [
    'runtime-retired',
    'AWS::Lambda::Function',
    handler(
      'The runtime parameter of nodejs12.x is no longer supported for creating or updating AWS Lambda functions.',
      'InvalidRequest',
    ),
    /^another Runtime than nodejs12\.x$/,
  ],
  [
    'hook-refused',
    'AWS::SQS::Queue',
    'The following hook(s) failed: [Platform::Security::EncryptedQueues]',
    /^change what Platform/,
  ],
  [
    'never-stable',
    'AWS::DynamoDB::Table',
    handler('Exceeded attempts to wait', 'NotStabilized'),
    /^look at Save itself/,
  ],
  ['service-ill', 'AWS::SNS::Topic', handler('null', 'ServiceInternalError'), /the service failed/],
  [
    'invalid-property',
    'AWS::SQS::Queue',
    'Properties validation failed for resource Save with message:\n#/VisibilityTimeout: 99999 is not less or equal to 43200',
    /^mend the property/,
  ],
];

test.each(cases)('%s of %s: %s', (id, resourceType, reason, advice) => {
  const remedy = remedyFor({resource: 'Save', resourceType, ...readReason(reason)});
  expect(remedy).toMatchObject({id, advice: expect.arrayContaining([expect.stringMatching(advice)])});
  expect(remedy?.advice[0]).toMatch(advice);
});

test('there is an example of every remedy', () => {
  expect(new Set(cases.map(([id]) => id))).toEqual(new Set(remedies.map(({id}) => id)));
});

test('what nobody has heard of has no remedy', () => {
  expect(remedyFor({resource: 'Save', resourceType: 'AWS::SQS::Queue', text: 'No', code: undefined})).toBeUndefined();
});
