import {ApiGatewayV2} from '@aws-sdk/client-apigatewayv2';
import {CloudFormation} from '@aws-sdk/client-cloudformation';
import {CloudWatch} from '@aws-sdk/client-cloudwatch';
import {CloudWatchLogs} from '@aws-sdk/client-cloudwatch-logs';
import {DynamoDB} from '@aws-sdk/client-dynamodb';
import {EventBridge} from '@aws-sdk/client-eventbridge';
import {IAM} from '@aws-sdk/client-iam';
import {KMS} from '@aws-sdk/client-kms';
import {Lambda} from '@aws-sdk/client-lambda';
import {S3} from '@aws-sdk/client-s3';
import {Scheduler} from '@aws-sdk/client-scheduler';
import {SecretsManager} from '@aws-sdk/client-secrets-manager';
import {SNS} from '@aws-sdk/client-sns';
import {SQS} from '@aws-sdk/client-sqs';
import {SSM} from '@aws-sdk/client-ssm';
import type {ClientSettings} from '../e2e/service.ts';

/** Everything that stands in an account, as `kind name`. One page of each: a service under test fills no second. */
export async function standing(settings: ClientSettings): Promise<string[]> {
  const found = await Promise.all(
    Object.entries(lists).map(async ([kind, list]) =>
      (await list(settings)).map(name => `${kind} ${name ?? '(without a name)'}`),
    ),
  );
  return found.flat().sort();
}

const lists: Readonly<Record<string, (settings: ClientSettings) => Promise<readonly (string | undefined)[]>>> = {
  async stack(settings) {
    const {Stacks = []} = await new CloudFormation(settings).describeStacks({});
    return Stacks.map(({StackName}) => StackName);
  },
  async function(settings) {
    const {Functions = []} = await new Lambda(settings).listFunctions({});
    return Functions.map(({FunctionName}) => FunctionName);
  },
  async 'event source mapping'(settings) {
    const {EventSourceMappings = []} = await new Lambda(settings).listEventSourceMappings({});
    return EventSourceMappings.map(({UUID}) => UUID);
  },
  async role(settings) {
    const {Roles = []} = await new IAM(settings).listRoles({});
    return Roles.map(({RoleName}) => RoleName);
  },
  async policy(settings) {
    const {Policies = []} = await new IAM(settings).listPolicies({Scope: 'Local'});
    return Policies.map(({PolicyName}) => PolicyName);
  },
  async queue(settings) {
    const {QueueUrls = []} = await new SQS(settings).listQueues({});
    return QueueUrls;
  },
  async table(settings) {
    const {TableNames = []} = await new DynamoDB(settings).listTables({});
    return TableNames;
  },
  async bucket(settings) {
    const {Buckets = []} = await new S3({...settings, forcePathStyle: true}).listBuckets({});
    return Buckets.map(({Name}) => Name);
  },
  async 'log group'(settings) {
    const {logGroups = []} = await new CloudWatchLogs(settings).describeLogGroups({});
    return logGroups.map(({logGroupName}) => logGroupName);
  },
  async 'metric filter'(settings) {
    const {metricFilters = []} = await new CloudWatchLogs(settings).describeMetricFilters({});
    return metricFilters.map(({filterName}) => filterName);
  },
  async alarm(settings) {
    const {MetricAlarms = []} = await new CloudWatch(settings).describeAlarms({});
    return MetricAlarms.map(({AlarmName}) => AlarmName);
  },
  async dashboard(settings) {
    const {DashboardEntries = []} = await new CloudWatch(settings).listDashboards({});
    return DashboardEntries.map(({DashboardName}) => DashboardName);
  },
  async rule(settings) {
    const {Rules = []} = await new EventBridge(settings).listRules({});
    return Rules.map(({Name}) => Name);
  },
  async schedule(settings) {
    const {Schedules = []} = await new Scheduler(settings).listSchedules({});
    return Schedules.map(({Name}) => Name);
  },
  async api(settings) {
    const {Items = []} = await new ApiGatewayV2(settings).getApis({});
    return Items.map(({Name}) => Name);
  },
  async key(settings) {
    const kms = new KMS(settings);
    const {Keys = []} = await kms.listKeys({});
    const described = await Promise.all(Keys.map(({KeyId}) => kms.describeKey({KeyId})));
    // A key cannot be deleted at once: it waits for it, and can do nothing meanwhile. AWS's own keys are nobody's.
    return described
      .filter(({KeyMetadata}) => KeyMetadata!.KeyState !== 'PendingDeletion' && KeyMetadata!.KeyManager !== 'AWS')
      .map(({KeyMetadata}) => KeyMetadata!.KeyId);
  },
  async secret(settings) {
    const {SecretList = []} = await new SecretsManager(settings).listSecrets({});
    return SecretList.map(({Name}) => Name);
  },
  async parameter(settings) {
    const {Parameters = []} = await new SSM(settings).describeParameters({});
    return Parameters.map(({Name}) => Name);
  },
  async topic(settings) {
    const {Topics = []} = await new SNS(settings).listTopics({});
    return Topics.map(({TopicArn}) => TopicArn);
  },
};
