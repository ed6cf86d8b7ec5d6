import {ApiGatewayV2} from '@aws-sdk/client-apigatewayv2';
import {CloudFormation} from '@aws-sdk/client-cloudformation';
import {CloudWatch} from '@aws-sdk/client-cloudwatch';
import {CloudWatchLogs} from '@aws-sdk/client-cloudwatch-logs';
import {DynamoDB} from '@aws-sdk/client-dynamodb';
import {EventBridge} from '@aws-sdk/client-eventbridge';
import {IAM} from '@aws-sdk/client-iam';
import {KMS} from '@aws-sdk/client-kms';
import {Lambda} from '@aws-sdk/client-lambda';
import {
  GetResourcesCommand,
  type GetResourcesCommandInput,
  ResourceGroupsTaggingAPI,
} from '@aws-sdk/client-resource-groups-tagging-api';
import {S3} from '@aws-sdk/client-s3';
import {Scheduler} from '@aws-sdk/client-scheduler';
import {SecretsManager} from '@aws-sdk/client-secrets-manager';
import {SNS} from '@aws-sdk/client-sns';
import {SQS} from '@aws-sdk/client-sqs';
import {SSM} from '@aws-sdk/client-ssm';
import {STS} from '@aws-sdk/client-sts';
import {strToU8, zipSync} from 'fflate';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {type LocalCloud, startLocalCloud} from '../../src/local/cloud.ts';

/** One resource of each kind with the tag `service=orders`, found again by the real client of the tagging API. */
let cloud: LocalCloud;
let settings: object;
let tagging: ResourceGroupsTaggingAPI;

const Tags = [{Key: 'service', Value: 'orders'}];
const tags = {service: 'orders'};
const trust = {Effect: 'Allow', Principal: {Service: 'lambda.amazonaws.com'}, Action: 'sts:AssumeRole'};

beforeAll(async () => {
  cloud = await startLocalCloud();
  const {endpoint, region, credentials} = cloud;
  settings = {endpoint, region, credentials, maxAttempts: 1, forcePathStyle: true};
  tagging = new ResourceGroupsTaggingAPI(settings);
  const s3 = new S3(settings);
  const cloudWatch = new CloudWatch(settings);
  const eventBridge = new EventBridge(settings);
  await Promise.all([
    createFunction(),
    new SQS(settings).createQueue({QueueName: 'orders', tags}),
    new SQS(settings).createQueue({QueueName: 'receipts', tags: {service: 'receipts', team: 'a'}}),
    new SQS(settings).createQueue({QueueName: 'untagged'}),
    new SNS(settings).createTopic({Name: 'orders', Tags}),
    new DynamoDB(settings).createTable({
      TableName: 'orders',
      AttributeDefinitions: [{AttributeName: 'id', AttributeType: 'S'}],
      KeySchema: [{AttributeName: 'id', KeyType: 'HASH'}],
      BillingMode: 'PAY_PER_REQUEST',
      Tags,
    }),
    s3.createBucket({Bucket: 'orders'}).then(() => s3.putBucketTagging({Bucket: 'orders', Tagging: {TagSet: Tags}})),
    new CloudWatchLogs(settings).createLogGroup({logGroupName: '/orders', tags}),
    new KMS(settings).createKey({Tags: [{TagKey: 'service', TagValue: 'orders'}]}),
    new SecretsManager(settings).createSecret({Name: 'orders', SecretString: 'x', Tags}),
    new SSM(settings).putParameter({Name: '/orders', Value: 'x', Type: 'String', Tags}),
    cloudWatch.putMetricAlarm({
      AlarmName: 'orders',
      Namespace: 'orders',
      MetricName: 'lost',
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanThreshold',
      Tags,
    }),
    eventBridge.putRule({Name: 'orders', ScheduleExpression: 'rate(1 day)', Tags}),
    new Scheduler(settings).createScheduleGroup({Name: 'orders', Tags}),
    new ApiGatewayV2(settings).createApi({Name: 'orders', ProtocolType: 'HTTP', Tags: tags}),
    new CloudFormation(settings).createStack({
      StackName: 'orders',
      // What stacks make of SQS and the like gets their tags; roles are not found.
      TemplateBody: JSON.stringify({
        Resources: {
          Role: {
            Type: 'AWS::IAM::Role',
            Properties: {AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: trust}},
          },
        },
      }),
      Capabilities: ['CAPABILITY_IAM'],
      Tags,
    }),
  ]);
});
afterAll(() => cloud.close());

async function createFunction() {
  const AssumeRolePolicyDocument = JSON.stringify({Version: '2012-10-17', Statement: trust});
  const {Role} = await new IAM(settings).createRole({RoleName: 'orders', AssumeRolePolicyDocument, Tags});
  await new Lambda(settings).createFunction({
    FunctionName: 'orders',
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Role: Role?.Arn,
    Code: {ZipFile: zipSync({'index.mjs': strToU8('export const handler = async () => {}')})},
    Tags: tags,
  });
}

async function found(input: GetResourcesCommandInput): Promise<readonly string[]> {
  const {ResourceTagMappingList = []} = await tagging.getResources(input);
  return ResourceTagMappingList.map(({ResourceARN = ''}) => ResourceARN);
}

const orders = [{Key: 'service', Values: ['orders']}];
const shown = (arn: string) => arn.replace(/[\da-f]{8}-[\da-f-]{27}|(?<=orders-)\w{6}$|(?<=apis\/)\w{10}/, '*');

it('finds whatever carries a tag, each by its own ARN', async () => {
  const own = (rest: string) => `arn:aws:${rest.replace(':', ':us-east-1:000000000000:')}`;
  expect((await found({TagFilters: orders})).map(shown)).toEqual(
    [
      'arn:aws:apigateway:us-east-1::/apis/*',
      own('cloudformation:stack/orders/*'),
      own('cloudwatch:alarm:orders'),
      own('dynamodb:table/orders'),
      own('events:rule/orders'),
      own('kms:key/*'),
      own('lambda:function:orders'),
      own('logs:log-group:/orders'),
      'arn:aws:s3:::orders',
      own('scheduler:schedule-group/orders'),
      own('secretsmanager:secret:orders-*'),
      own('sns:orders'),
      own('sqs:orders'),
      own('ssm:parameter/orders'),
    ].sort(),
  );
});

it.each([
  [{TagFilters: [{Key: 'service', Values: ['receipts', 'returns']}]}, ['receipts']],
  [{TagFilters: [{Key: 'service'}, {Key: 'team', Values: ['a']}]}, ['receipts']],
  [{TagFilters: [{Key: 'Service'}]}, []],
  [{TagFilters: [{Key: 'service'}], ResourceTypeFilters: ['sqs']}, ['orders', 'receipts']],
  [{ResourceTypeFilters: ['sqs', 'sns']}, ['orders', 'orders', 'receipts']],
  [{TagFilters: orders, ResourceTypeFilters: ['lambda:function', 'dynamodb']}, ['table/orders', 'orders']],
  [{ResourceTypeFilters: ['lambda:event-source-mapping']}, []],
])('%j', async (input, names) => {
  expect((await found(input)).map(arn => arn.split(':').pop())).toEqual(names);
});

it('gives all tags of what it finds, also those that were not asked for', async () => {
  const {ResourceTagMappingList} = await tagging.getResources({TagFilters: [{Key: 'team'}]});
  expect(ResourceTagMappingList).toEqual([
    {
      ResourceARN: 'arn:aws:sqs:us-east-1:000000000000:receipts',
      Tags: [
        {Key: 'service', Value: 'receipts'},
        {Key: 'team', Value: 'a'},
      ],
    },
  ]);
});

it('goes from page to page, and ends with an empty token', async () => {
  const pages: number[] = [];
  const arns = new Set<string>();
  let token = '';
  do {
    const page = await tagging.send(
      new GetResourcesCommand({TagFilters: orders, ResourcesPerPage: 5, PaginationToken: token}),
    );
    for (const {ResourceARN = ''} of page.ResourceTagMappingList ?? []) arns.add(ResourceARN);
    pages.push(page.ResourceTagMappingList?.length ?? 0);
    token = page.PaginationToken ?? '';
  } while (token !== '');
  expect(pages).toEqual([5, 5, 4]);
  expect(arns.size).toBe(14);
});

it.each<[GetResourcesCommandInput, string]>([
  [
    {ResourceTypeFilters: ['ec2:instance']},
    'NotImplemented: gear local does not implement GetResources for the resource type ec2:instance',
  ],
  [
    {ResourceTypeFilters: ['lambda:layer']},
    'NotImplemented: gear local does not implement GetResources for the resource type lambda:layer',
  ],
  [
    {ResourceARNList: ['arn:aws:sqs:us-east-1:000000000000:orders']},
    "NotImplemented: gear local does not implement GetResources's ResourceARNList",
  ],
  [
    {IncludeComplianceDetails: true},
    "NotImplemented: gear local does not implement GetResources's IncludeComplianceDetails",
  ],
  [{ResourcesPerPage: 101}, 'InvalidParameterException: ResourcesPerPage must be an integer between 1 and 100'],
  [{PaginationToken: 'nonsense'}, 'InvalidParameterException: The PaginationToken is invalid'],
])('refuses %j', async (input, message) => {
  await expect(tagging.getResources(input).catch(error => `${error.name}: ${error.message}`)).resolves.toBe(message);
});

it('is for those who are allowed tag:GetResources', async () => {
  const iam = new IAM(settings);
  const Statement = {Effect: 'Allow', Principal: {AWS: '000000000000'}, Action: 'sts:AssumeRole'};
  const AssumeRolePolicyDocument = JSON.stringify({Version: '2012-10-17', Statement});
  const {Role} = await iam.createRole({RoleName: 'auditor', AssumeRolePolicyDocument});
  const {Credentials} = await new STS(settings).assumeRole({RoleArn: Role?.Arn, RoleSessionName: 'audit'});
  const credentials = {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
  const asAuditor = new ResourceGroupsTaggingAPI({...settings, credentials});
  await expect(asAuditor.getResources({})).rejects.toThrow(/is not authorized to perform: tag:GetResources/);
  const allow = {Effect: 'Allow', Action: 'tag:GetResources', Resource: '*'};
  await iam.putRolePolicy({
    RoleName: 'auditor',
    PolicyName: 'tags',
    PolicyDocument: JSON.stringify({Version: '2012-10-17', Statement: allow}),
  });
  expect((await asAuditor.getResources({TagFilters: orders})).ResourceTagMappingList).toHaveLength(14);
});
