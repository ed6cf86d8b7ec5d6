/** What an audit of an account asks for: every call that the files beside this one make, and what it is read for. */
export interface AuditPermission {
  readonly service: string;
  readonly actions: readonly string[];
  readonly why: string;
}

export const auditPermissions: readonly AuditPermission[] = [
  {
    service: 'lambda',
    actions: [
      'GetAccountSettings',
      'GetFunctionConcurrency',
      'GetFunctionEventInvokeConfig',
      'GetPolicy',
      'ListEventSourceMappings',
      'ListFunctions',
      'ListTags',
    ],
    why: 'functions, their policies, tags, sources, failure destinations and concurrency; no code is read',
  },
  {
    service: 'iam',
    actions: ['GetAccountAuthorizationDetails'],
    why: 'every role and its policies, with one call',
  },
  {
    service: 'sqs',
    actions: ['GetQueueAttributes', 'GetQueueUrl', 'ListDeadLetterSourceQueues'],
    why: 'queues that functions use; no message is read',
  },
  {
    service: 'sns',
    actions: ['GetSubscriptionAttributes', 'GetTopicAttributes', 'ListSubscriptionsByTopic'],
    why: 'topics that invoke functions or take their failures',
  },
  {
    service: 'events',
    actions: ['ListRuleNamesByTarget', 'ListTargetsByRule'],
    why: 'rules that invoke functions',
  },
  {service: 'scheduler', actions: ['GetSchedule', 'ListSchedules'], why: 'schedules that invoke functions'},
  {
    service: 'dynamodb',
    actions: ['DescribeContinuousBackups', 'DescribeTimeToLive'],
    why: 'whether tables can be restored; no item is read',
  },
  {
    service: 's3',
    actions: ['GetBucketNotification', 'GetBucketPolicy'],
    why: 'policies and notifications of buckets; no object is read',
  },
  {service: 'kms', actions: ['GetKeyPolicy'], why: 'policies of keys'},
  {service: 'secretsmanager', actions: ['GetResourcePolicy'], why: 'policies of secrets; no secret is read'},
  {service: 'logs', actions: ['DescribeLogGroups'], why: 'retention; no log line is read'},
  {service: 'cloudwatch', actions: ['DescribeAlarms'], why: 'alarms'},
  {
    service: 'ec2',
    actions: ['DescribeRouteTables', 'DescribeSecurityGroups', 'DescribeSubnets', 'DescribeVpcEndpoints'],
    why: 'the networks of functions in a VPC',
  },
  {service: 'account', actions: ['ListRegions'], why: 'the regions that are enabled, for --region all'},
];
