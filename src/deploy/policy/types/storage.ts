import {arnIn, bucketArn} from '../place.ts';
import type {DeployedResource, ResourceNeeds} from '../resource-needs.ts';

const ownBucket = ({place, names}: DeployedResource) => bucketArn(place, names[0]!);

/**
 * The registry names actions that IAM does not have (DeleteBucketLifecycle, DeleteBucketEncryption): removing such a
 * configuration takes the action that puts it. What it asks for of properties that are refused here is left out.
 */
export const s3Bucket: ResourceNeeds = {
  type: 'AWS::S3::Bucket',
  service: 's3',
  group: 'Buckets',
  name: {property: 'BucketName', longest: 63, lowerCase: true},
  on: resource => [ownBucket(resource)],
  attributes: {Arn: ownBucket},
  always: {
    create: ['CreateBucket', 'PutBucketTagging', 'TagResource'],
    read: ['GetBucketTagging', 'ListBucket', 'ListTagsForResource'],
    update: ['UntagResource'],
    delete: ['DeleteBucket'],
  },
  when: {
    BucketEncryption: {create: ['PutEncryptionConfiguration'], read: ['GetEncryptionConfiguration']},
    LifecycleConfiguration: {create: ['PutLifecycleConfiguration'], read: ['GetLifecycleConfiguration']},
    NotificationConfiguration: {create: ['PutBucketNotification'], read: ['GetBucketNotification']},
    OwnershipControls: {create: ['PutBucketOwnershipControls'], read: ['GetBucketOwnershipControls']},
    PublicAccessBlockConfiguration: {create: ['PutBucketPublicAccessBlock'], read: ['GetBucketPublicAccessBlock']},
    VersioningConfiguration: {create: ['PutBucketVersioning'], read: ['GetBucketVersioning']},
    LoggingConfiguration: {create: ['PutBucketLogging'], read: ['GetBucketLogging']},
    CorsConfiguration: {create: ['PutBucketCORS'], read: ['GetBucketCORS']},
  },
  plain: ['Tags'],
};

export const s3BucketPolicy: ResourceNeeds = {
  type: 'AWS::S3::BucketPolicy',
  service: 's3',
  group: 'BucketPolicies',
  on: resource => [bucketArn(resource.place, resource.text('Bucket'))],
  always: {create: ['PutBucketPolicy'], read: ['GetBucketPolicy'], delete: ['DeleteBucketPolicy']},
  plain: ['Bucket', 'PolicyDocument'],
};

const tableArn = ({place, names}: DeployedResource) => arnIn(place, 'dynamodb', `table/${names[0]}`);

export const dynamodbTable: ResourceNeeds = {
  type: 'AWS::DynamoDB::Table',
  service: 'dynamodb',
  group: 'Tables',
  name: {property: 'TableName', longest: 255},
  on: resource => [tableArn(resource)],
  attributes: {Arn: tableArn, StreamArn: resource => `${tableArn(resource)}/stream/*`},
  always: {
    create: ['CreateTable', 'DescribeTimeToLive', 'TagResource'],
    read: [
      'DescribeContinuousBackups',
      'DescribeContributorInsights',
      'DescribeKinesisStreamingDestination',
      'DescribeTable',
      'GetResourcePolicy',
      'ListTagsOfResource',
    ],
    update: ['UpdateTable', 'UntagResource'],
    delete: ['DeleteTable'],
  },
  when: {
    PointInTimeRecoverySpecification: {create: ['UpdateContinuousBackups']},
    TimeToLiveSpecification: {create: ['UpdateTimeToLive']},
    ContributorInsightsSpecification: {create: ['UpdateContributorInsights']},
    ResourcePolicy: {create: ['PutResourcePolicy'], update: ['DeleteResourcePolicy']},
  },
  plain: [
    'AttributeDefinitions',
    'BillingMode',
    'DeletionProtectionEnabled',
    'GlobalSecondaryIndexes',
    'KeySchema',
    'LocalSecondaryIndexes',
    'OnDemandThroughput',
    'ProvisionedThroughput',
    'SSESpecification',
    'StreamSpecification',
    'TableClass',
    'Tags',
    'WarmThroughput',
  ],
  more: resource => [
    ...keyOf(resource, (resource.properties.SSESpecification as {KMSMasterKeyId?: unknown})?.KMSMasterKeyId),
    ...insightsOf(resource),
  ],
};

/** Indexes may have contributor insights without the table; the first in an account makes the role that they need. */
function insightsOf(resource: DeployedResource) {
  const {ContributorInsightsSpecification: own, GlobalSecondaryIndexes: indexes} = resource.properties;
  const ofIndexes = (Array.isArray(indexes) ? indexes : []).some(
    index => (index as {ContributorInsightsSpecification?: unknown}).ContributorInsightsSpecification !== undefined,
  );
  if (own === undefined && !ofIndexes) return [];
  const table = tableArn(resource);
  return [
    ...(ofIndexes
      ? [
          {
            group: 'IndexInsights',
            actions: ['dynamodb:DescribeContributorInsights', 'dynamodb:UpdateContributorInsights'],
            resources: [table, `${table}/index/*`],
          },
        ]
      : []),
    {
      group: 'InsightsRole',
      actions: ['iam:CreateServiceLinkedRole'],
      resources: ['*'],
      condition: {StringEquals: {'iam:AWSServiceName': 'contributorinsights.dynamodb.amazonaws.com'}},
    },
  ];
}

/**
 * A key of one's own for a table: DynamoDB takes grants on it in the caller's name. GenerateDataKey is not in the
 * registry; DynamoDB asks for it.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
 */
function keyOf({place}: DeployedResource, key: unknown) {
  if (key === undefined) return [];
  return [
    {
      group: 'TableKeys',
      actions: ['CreateGrant', 'Decrypt', 'DescribeKey', 'Encrypt', 'GenerateDataKey', 'RevokeGrant'].map(
        name => `kms:${name}`,
      ),
      resources: [arnIn(place, 'kms', 'key/*')],
      condition: {StringEquals: {'kms:ViaService': `dynamodb.${place.region}.amazonaws.com`}},
    },
    // It knows no resource.
    {group: 'TableKeyAliases', actions: ['kms:ListAliases'], resources: ['*']},
  ];
}
