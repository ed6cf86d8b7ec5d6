/** What an audit of an account asks for: every call that the files beside this one make, and what it is read for. */
export interface AuditPermission {
  readonly sid: string;
  readonly service: string;
  readonly actions: readonly string[];
  readonly why: string;
}

export const auditPermissions: readonly AuditPermission[] = [
  {
    sid: 'Functions',
    service: 'lambda',
    actions: [
      'GetAccountSettings',
      'GetFunctionConcurrency',
      'GetFunctionEventInvokeConfig',
      'GetPolicy',
      'ListEventSourceMappings',
      'ListFunctions',
      'ListProvisionedConcurrencyConfigs',
    ],
    why: 'functions, their policies, sources, failure destinations and concurrency',
  },
  {
    sid: 'Tags',
    service: 'tag',
    actions: ['GetResources'],
    why: 'which functions in a VPC have a tag that says why',
  },
  {
    sid: 'Roles',
    service: 'iam',
    actions: ['GetAccountAuthorizationDetails'],
    why: 'every role and its policies, with one call',
  },
  {
    sid: 'Queues',
    service: 'sqs',
    actions: ['GetQueueAttributes', 'GetQueueUrl', 'ListDeadLetterSourceQueues'],
    why: 'queues that functions use; no message is read',
  },
  {
    sid: 'Topics',
    service: 'sns',
    actions: ['GetSubscriptionAttributes', 'GetTopicAttributes', 'ListSubscriptionsByTopic'],
    why: 'topics that invoke functions or take their failures',
  },
  {
    sid: 'Rules',
    service: 'events',
    actions: ['ListRuleNamesByTarget', 'ListTargetsByRule'],
    why: 'rules that invoke functions',
  },
  {
    sid: 'Schedules',
    service: 'scheduler',
    actions: ['GetSchedule', 'ListSchedules'],
    why: 'schedules that invoke functions',
  },
  {
    sid: 'Tables',
    service: 'dynamodb',
    actions: ['DescribeContinuousBackups', 'DescribeTimeToLive'],
    why: 'whether tables can be restored; no item is read',
  },
  {
    sid: 'Buckets',
    service: 's3',
    actions: ['GetBucketNotification', 'GetBucketPolicy'],
    why: 'policies and notifications of buckets; no object is read',
  },
  {sid: 'Keys', service: 'kms', actions: ['GetKeyPolicy'], why: 'policies of keys'},
  {
    sid: 'Secrets',
    service: 'secretsmanager',
    actions: ['GetResourcePolicy'],
    why: 'policies of secrets; no secret is read',
  },
  {sid: 'LogGroups', service: 'logs', actions: ['DescribeLogGroups'], why: 'retention; no log line is read'},
  {
    sid: 'Alarms',
    service: 'cloudwatch',
    actions: ['DescribeAlarms', 'ListMetrics'],
    why: 'alarms, and which functions have a metric of provisioned concurrency',
  },
  {
    sid: 'Networks',
    service: 'ec2',
    actions: ['DescribeRouteTables', 'DescribeSecurityGroups', 'DescribeSubnets', 'DescribeVpcEndpoints'],
    why: 'the networks of functions in a VPC',
  },
  {
    sid: 'Regions',
    service: 'account',
    actions: ['ListRegions'],
    why: 'with --all-regions: the regions that are enabled',
  },
  {
    sid: 'Packages',
    service: 'lambda',
    actions: ['GetFunction', 'GetLayerVersion'],
    why: 'with --packages, and in gear audit size: what lies in packages and layers, and what handlers do',
  },
  {
    sid: 'Starts',
    service: 'logs',
    actions: ['GetQueryResults', 'StartQuery', 'StopQuery'],
    why: 'with --measured: cold starts, in the lines that Lambda itself logs',
  },
  {
    sid: 'LastAccessed',
    service: 'iam',
    actions: ['GenerateServiceLastAccessedDetails', 'GetServiceLastAccessedDetails'],
    why: 'with --unused: which permissions have been used',
  },
];
