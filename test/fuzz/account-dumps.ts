const role = 'arn:aws:iam::111122223333:role/orders';
const functionArn = 'arn:aws:lambda:eu-central-1:111122223333:function:orders';
const document = (Statement: object) => ({Version: '2012-10-17', Statement: [Statement]});

/** A small account as the aws CLI prints it, file by file. */
export const accountDumps = {
  'list-functions.json': {
    Functions: [
      {
        FunctionName: 'orders',
        FunctionArn: functionArn,
        Runtime: 'nodejs18.x',
        Role: role,
        Handler: 'index.handler',
        CodeSize: 5_000_000,
        Timeout: 900,
        MemorySize: 128,
        LastModified: '2026-09-01T10:00:00.000+0000',
        CodeSha256: 'x',
        Version: '$LATEST',
        VpcConfig: {SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'], VpcId: 'vpc-1'},
        DeadLetterConfig: {TargetArn: 'arn:aws:sqs:eu-central-1:111122223333:failed'},
        Environment: {Variables: {TABLE: 'orders'}},
        Layers: [{Arn: 'arn:aws:lambda:eu-central-1:111122223333:layer:shared:3', CodeSize: 100}],
        PackageType: 'Zip',
        Architectures: ['x86_64'],
        SnapStart: {ApplyOn: 'None', OptimizationStatus: 'Off'},
        LoggingConfig: {LogFormat: 'Text', LogGroup: '/aws/lambda/orders'},
      },
    ],
  },
  'account-authorization-details.json': {
    RoleDetailList: [
      {
        Path: '/',
        RoleName: 'orders',
        RoleId: 'AROA',
        Arn: role,
        CreateDate: '2026-09-01T10:00:00+00:00',
        AssumeRolePolicyDocument: document({
          Effect: 'Allow',
          Principal: {Service: 'lambda.amazonaws.com'},
          Action: 'sts:AssumeRole',
        }),
        InstanceProfileList: [],
        RolePolicyList: [
          {PolicyName: 'orders', PolicyDocument: document({Effect: 'Allow', Action: 'sqs:*', Resource: '*'})},
        ],
        AttachedManagedPolicies: [
          {PolicyName: 'reading', PolicyArn: 'arn:aws:iam::111122223333:policy/reading'},
          {PolicyName: 'basic', PolicyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'},
        ],
        PermissionsBoundary: {
          PermissionsBoundaryType: 'Policy',
          PermissionsBoundaryArn: 'arn:aws:iam::111122223333:policy/reading',
        },
        Tags: [{Key: 'team', Value: 'orders'}],
        RoleLastUsed: {LastUsedDate: '2026-11-01T10:00:00+00:00', Region: 'eu-central-1'},
      },
    ],
    Policies: [
      {
        PolicyName: 'reading',
        PolicyId: 'ANPA',
        Arn: 'arn:aws:iam::111122223333:policy/reading',
        Path: '/',
        DefaultVersionId: 'v1',
        AttachmentCount: 1,
        CreateDate: '2026-09-01T10:00:00+00:00',
        PolicyVersionList: [
          {
            Document: document({Effect: 'Allow', Action: ['s3:Get*', 'iam:PassRole'], Resource: '*'}),
            VersionId: 'v1',
            IsDefaultVersion: true,
          },
        ],
      },
    ],
  },
  'list-event-source-mappings.json': {
    EventSourceMappings: [
      {
        UUID: '1-2-3',
        BatchSize: 10,
        MaximumBatchingWindowInSeconds: 0,
        EventSourceArn: 'arn:aws:dynamodb:eu-central-1:111122223333:table/orders/stream/2026',
        FunctionArn: functionArn,
        State: 'Enabled',
        MaximumRetryAttempts: -1,
        MaximumRecordAgeInSeconds: -1,
        FunctionResponseTypes: [],
        FilterCriteria: {Filters: [{Pattern: '{"a": [1]}'}]},
        ScalingConfig: {MaximumConcurrency: 5},
        DestinationConfig: {OnFailure: {Destination: 'arn:aws:sqs:eu-central-1:111122223333:failed'}},
      },
    ],
  },
  'describe-log-groups.json': {
    logGroups: [{logGroupName: '/aws/lambda/orders', creationTime: 1, arn: 'arn:aws:logs:x', storedBytes: 0}],
  },
  'describe-alarms.json': {
    MetricAlarms: [
      {
        AlarmName: 'errors',
        AlarmArn: 'arn:aws:cloudwatch:eu-central-1:111122223333:alarm:errors',
        ActionsEnabled: true,
        AlarmActions: [],
        MetricName: 'Errors',
        Namespace: 'AWS/Lambda',
        Statistic: 'Sum',
        Dimensions: [{Name: 'FunctionName', Value: 'orders'}],
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 0,
        ComparisonOperator: 'GreaterThanThreshold',
        Metrics: [],
      },
    ],
  },
};

const policy = (Statement: object) => encodeURIComponent(JSON.stringify(document(Statement)));
const recorded = (service: string, operation: string, input: object, output: object) => [
  {service, operation, input, output},
];
const [details] = accountDumps['account-authorization-details.json'].RoleDetailList;
const {Path, RoleName, Arn} = details!;

/** A smaller one as `gear audit --save` writes it. */
export const savedAccount = {
  'gear-account.json': {
    version: 1,
    gear: '0.1.0',
    readAt: '2026-11-22T10:00:00.000Z',
    complete: true,
    accounts: [{account: '111122223333', region: 'eu-central-1'}],
  },
  '111122223333/eu-central-1/list-functions.json': recorded(
    'Lambda',
    'ListFunctions',
    {MaxItems: 50},
    accountDumps['list-functions.json'],
  ),
  '111122223333/eu-central-1/get-policy.json': recorded(
    'Lambda',
    'GetPolicy',
    {FunctionName: 'orders'},
    {Policy: JSON.stringify(document({Effect: 'Allow', Principal: '*', Action: 'lambda:*', Resource: functionArn}))},
  ),
  '111122223333/global/get-account-authorization-details.json': recorded(
    'IAM',
    'GetAccountAuthorizationDetails',
    {Filter: ['Role', 'LocalManagedPolicy'], MaxItems: 1000},
    {
      IsTruncated: false,
      RoleDetailList: [
        {
          Path,
          RoleName,
          Arn,
          CreateDate: {$date: '2026-09-01T10:00:00.000Z'},
          AssumeRolePolicyDocument: policy({
            Effect: 'Allow',
            Principal: {Service: 'lambda.amazonaws.com'},
            Action: 'sts:AssumeRole',
          }),
          RolePolicyList: [{PolicyName: 'a', PolicyDocument: policy({Effect: 'Allow', Action: '*', Resource: '*'})}],
        },
      ],
    },
  ),
};
