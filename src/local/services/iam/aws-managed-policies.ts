import type {ManagedPolicyRecord} from './records.ts';

/** The policies of AWS that gear local knows, with the statements that AWS publishes; any other is refused by its name. */
export function awsManagedPolicy(arn: string): ManagedPolicyRecord | undefined {
  const policy = policies.find(candidate => arnOf(candidate) === arn);
  return policy && record(policy);
}

export function awsManagedPolicies(): readonly ManagedPolicyRecord[] {
  return policies.map(record);
}

interface AwsPolicy {
  readonly name: string;
  readonly path: string;
  readonly version: string;
  readonly created: string;
  readonly description: string;
  readonly statements: readonly object[];
}

const writeLogs = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

const policies: readonly AwsPolicy[] = [
  {
    name: 'AdministratorAccess',
    path: '/',
    version: 'v1',
    created: '2015-02-06T18:39:46Z',
    description: 'Provides full access to AWS services and resources.',
    statements: [{Effect: 'Allow', Action: '*', Resource: '*'}],
  },
  {
    name: 'AWSLambdaBasicExecutionRole',
    path: '/service-role/',
    version: 'v1',
    created: '2015-04-09T15:03:43Z',
    description: 'Provides write permissions to CloudWatch Logs.',
    statements: [{Effect: 'Allow', Action: writeLogs, Resource: '*'}],
  },
  {
    name: 'AWSLambdaSQSQueueExecutionRole',
    path: '/service-role/',
    version: 'v1',
    created: '2018-06-14T21:50:45Z',
    description:
      'Provides receive message, delete message, and read attribute access to SQS queues, and write permissions to CloudWatch logs.',
    statements: [
      {
        Effect: 'Allow',
        Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', ...writeLogs],
        Resource: '*',
      },
    ],
  },
  {
    name: 'AWSLambdaDynamoDBExecutionRole',
    path: '/service-role/',
    version: 'v1',
    created: '2015-04-09T15:09:29Z',
    description: 'Provides list and read access to DynamoDB streams and write permissions to CloudWatch logs.',
    statements: [
      {
        Effect: 'Allow',
        Action: [
          'dynamodb:DescribeStream',
          'dynamodb:GetRecords',
          'dynamodb:GetShardIterator',
          'dynamodb:ListStreams',
          ...writeLogs,
        ],
        Resource: '*',
      },
    ],
  },
  {
    name: 'AWSLambdaVPCAccessExecutionRole',
    path: '/service-role/',
    version: 'v3',
    created: '2016-02-11T23:15:26Z',
    description:
      'Provides minimum permissions for a Lambda function to execute while accessing a resource within a VPC - create, describe, delete network interfaces and write permissions to CloudWatch Logs.',
    statements: [
      {
        Sid: 'AWSLambdaVPCAccessExecutionPermissions',
        Effect: 'Allow',
        Action: [
          ...writeLogs,
          'ec2:CreateNetworkInterface',
          'ec2:DescribeNetworkInterfaces',
          'ec2:DescribeSubnets',
          'ec2:DeleteNetworkInterface',
          'ec2:AssignPrivateIpAddresses',
          'ec2:UnassignPrivateIpAddresses',
        ],
        Resource: '*',
      },
    ],
  },
];

function record(policy: AwsPolicy): ManagedPolicyRecord {
  const createDate = Date.parse(policy.created);
  const document = JSON.stringify({Version: '2012-10-17', Statement: policy.statements});
  return {
    policyName: policy.name,
    path: policy.path,
    // AWS's own ids are the same in every account; these stand in for them.
    policyId: `ANPA${policy.name
      .toUpperCase()
      .replaceAll(/[^A-Z]/g, '')
      .slice(-17)
      .padEnd(17, 'A')}`,
    arn: arnOf(policy),
    description: policy.description,
    createDate,
    updateDate: createDate,
    defaultVersionId: policy.version,
    versions: [{versionId: policy.version, document, createDate}],
    nextVersion: Number(policy.version.slice(1)) + 1,
    tags: [],
  };
}

function arnOf({path, name}: AwsPolicy): string {
  return `arn:aws:iam::aws:policy${path}${name}`;
}
