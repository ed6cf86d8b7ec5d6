import {CloudWatch} from '@aws-sdk/client-cloudwatch';
import {CloudWatchLogs} from '@aws-sdk/client-cloudwatch-logs';
import {CodeDeploy} from '@aws-sdk/client-codedeploy';
import {IAM} from '@aws-sdk/client-iam';
import {Lambda} from '@aws-sdk/client-lambda';
import {SQS} from '@aws-sdk/client-sqs';
import {zipSync} from 'fflate';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {type LocalCloud, startLocalCloud} from '../../../../src/local/cloud.ts';

let cloud: LocalCloud;
let codeDeploy: CodeDeploy;
let lambda: Lambda;
let cloudWatch: CloudWatch;
let logs: CloudWatchLogs;
let sqs: SQS;
const FunctionName = 'orders';
const zip = (body: string) => zipSync({'index.mjs': Buffer.from(`export const handler = async event => {${body}};`)});
const trust = (Service: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{Effect: 'Allow', Principal: {Service}, Action: 'sts:AssumeRole'}],
  });

beforeAll(async () => {
  cloud = await startLocalCloud();
  const {endpoint, region, credentials} = cloud;
  const settings = {endpoint, region, credentials};
  codeDeploy = new CodeDeploy(settings);
  lambda = new Lambda(settings);
  cloudWatch = new CloudWatch(settings);
  logs = new CloudWatchLogs(settings);
  sqs = new SQS(settings);
  const iam = new IAM(settings);
  const role = async (RoleName: string, service: string, Statement: object[]) => {
    const {Role} = await iam.createRole({RoleName, AssumeRolePolicyDocument: trust(service)});
    const PolicyDocument = JSON.stringify({Version: '2012-10-17', Statement});
    await iam.putRolePolicy({RoleName, PolicyName: 'inline', PolicyDocument});
    return Role!.Arn!;
  };
  const allow = (Action: string[], Resource: string) => ({Effect: 'Allow', Action, Resource});
  const functionArn = `arn:aws:lambda:${region}:${cloud.account}:function:orders`;
  const worker = await role('worker', 'lambda.amazonaws.com', [
    allow(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], '*'),
    allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], '*'),
  ]);
  const serviceRoleArn = await role('shifter', 'codedeploy.amazonaws.com', [
    allow(['lambda:GetAlias', 'lambda:UpdateAlias'], functionArn),
    allow(['lambda:GetAlias', 'lambda:UpdateAlias'], `${functionArn}:live`),
    allow(['cloudwatch:DescribeAlarms'], '*'),
    allow(['lambda:InvokeFunction'], `arn:aws:lambda:${region}:${cloud.account}:function:check`),
  ]);
  const create = (name: string, body: string) =>
    lambda.createFunction({
      FunctionName: name,
      Role: worker,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Code: {ZipFile: zip(body)},
    });
  await create(FunctionName, 'return 1');
  await create('check', 'console.log("hook of " + event.DeploymentId + ": " + event.LifecycleEventHookExecutionId)');
  await lambda.publishVersion({FunctionName});
  await lambda.updateFunctionCode({FunctionName, ZipFile: zip('throw new Error("broken")')});
  await lambda.publishVersion({FunctionName});
  await lambda.createAlias({FunctionName, Name: 'live', FunctionVersion: '1'});
  await cloudWatch.putMetricAlarm({
    AlarmName: 'errors',
    Namespace: 'AWS/Lambda',
    MetricName: 'Errors',
    Dimensions: [
      {Name: 'FunctionName', Value: FunctionName},
      {Name: 'Resource', Value: 'orders:live'},
      {Name: 'ExecutedVersion', Value: '2'},
    ],
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
  });
  await codeDeploy.createApplication({applicationName: 'shop', computePlatform: 'Lambda'});
  await codeDeploy.createDeploymentGroup({
    ...group,
    serviceRoleArn,
    deploymentConfigName: 'CodeDeployDefault.LambdaLinear10PercentEvery1Minute',
    deploymentStyle: {deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL'},
    alarmConfiguration: {enabled: true, alarms: [{name: 'errors'}]},
    autoRollbackConfiguration: {enabled: true, events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM']},
  });
});
afterAll(() => cloud.close());

const group = {applicationName: 'shop', deploymentGroupName: 'live'};

async function deploy(Hooks: object[] = []): Promise<string> {
  const Properties = {Name: FunctionName, Alias: 'live', CurrentVersion: '1', TargetVersion: '2'};
  const Resources = [{orders: {Type: 'AWS::Lambda::Function', Properties}}];
  const content = JSON.stringify({version: 0.0, Resources, Hooks});
  const {deploymentId} = await codeDeploy.createDeployment({
    ...group,
    revision: {revisionType: 'AppSpecContent', appSpecContent: {content}},
  });
  return deploymentId!;
}

const info = async (deploymentId: string) => (await codeDeploy.getDeployment({deploymentId})).deploymentInfo!;
const weight = async () =>
  (await lambda.getAlias({FunctionName, Name: 'live'})).RoutingConfig?.AdditionalVersionWeights?.['2'];

test('a version that fails for its share of the invocations is taken back by its own alarm', async () => {
  const deploymentId = await deploy();
  await expect.poll(weight, {interval: 10}).toBe(0.1);
  await cloud.forward(4 * 60_000);
  await expect.poll(weight, {interval: 10}).toBe(0.5);
  const executed = new Set<string | undefined>();
  for (let call = 0; call < 60 && executed.size < 2; call++)
    executed.add((await lambda.invoke({FunctionName, Qualifier: 'live'})).ExecutedVersion);
  expect([...executed].sort()).toEqual(['1', '2']);
  await expect
    .poll(async () => (await cloudWatch.describeAlarms({})).MetricAlarms![0]!.StateValue, {interval: 50})
    .toBe('ALARM');
  await cloud.forward(6000);
  await expect.poll(async () => (await info(deploymentId)).status, {interval: 10}).toBe('Stopped');
  const {errorInformation, rollbackInfo} = await info(deploymentId);
  expect(errorInformation).toMatchObject({code: 'ALARM_ACTIVE'});
  const rollback = rollbackInfo!.rollbackDeploymentId!;
  await expect.poll(async () => (await info(rollback)).status, {interval: 10}).toBe('Succeeded');
  const {FunctionVersion, RoutingConfig} = await lambda.getAlias({FunctionName, Name: 'live'});
  expect([FunctionVersion, RoutingConfig]).toEqual(['1', undefined]);
  expect((await info(rollback)).createTime).toBeInstanceOf(Date);
  const {Metrics} = await cloudWatch.listMetrics({Namespace: 'AWS/Lambda', MetricName: 'Invocations'});
  expect(Metrics!.map(({Dimensions}) => Dimensions!.map(({Value}) => Value).join(' ')).sort()).toEqual([
    'orders',
    'orders orders:live',
    'orders orders:live 1',
    'orders orders:live 2',
  ]);
}, 30_000);

test('a hook that says no keeps all traffic on the old version', async () => {
  // The errors of the test before are no alarm any more.
  await cloud.forward(600_000);
  const deploymentId = await deploy([{BeforeAllowTraffic: 'check'}]);
  const {targetIds} = await codeDeploy.listDeploymentTargets({deploymentId});
  const events = async () => {
    const {deploymentTarget} = await codeDeploy.getDeploymentTarget({deploymentId, targetId: targetIds![0]!});
    return deploymentTarget!.lambdaTarget!.lifecycleEvents!.map(({status}) => status);
  };
  await expect.poll(async () => (await events())[0], {interval: 10}).not.toBe('Pending');
  expect((await info(deploymentId)).errorInformation).toBeUndefined();
  expect(await events()).toEqual(['InProgress', 'Pending', 'Pending']);
  const told = async () => {
    const {events = []} = await logs.filterLogEvents({logGroupName: '/aws/lambda/check', filterPattern: '"hook of"'});
    return events[0]?.message?.match(/hook of (\S+): (\S+)/)?.slice(1);
  };
  await expect.poll(() => told().catch(() => undefined), {interval: 20, timeout: 10_000}).toBeDefined();
  const [named, lifecycleEventHookExecutionId] = (await told())!;
  expect(named).toBe(deploymentId);
  await codeDeploy.putLifecycleEventHookExecutionStatus({
    deploymentId,
    lifecycleEventHookExecutionId,
    status: 'Failed',
  });
  await expect.poll(events, {interval: 10}).toEqual(['Failed', 'Skipped', 'Skipped']);
  expect((await info(deploymentId)).errorInformation).toMatchObject({code: 'HOOK_EXECUTION_FAILURE'});
  expect(await weight()).toBeUndefined();
}, 20_000);

test('a queue that feeds an alias is counted under the alias and the version that ran', async () => {
  await lambda.createAlias({FunctionName, Name: 'queued', FunctionVersion: '1'});
  const {QueueUrl} = await sqs.createQueue({QueueName: 'orders'});
  await lambda.createEventSourceMapping({
    FunctionName: 'orders:queued',
    EventSourceArn: `arn:aws:sqs:${cloud.region}:${cloud.account}:orders`,
  });
  await sqs.sendMessage({QueueUrl, MessageBody: '{}'});
  const counted = async () =>
    (await cloudWatch.listMetrics({
      Namespace: 'AWS/Lambda',
      MetricName: 'Duration',
      Dimensions: [
        {Name: 'FunctionName', Value: FunctionName},
        {Name: 'Resource', Value: 'orders:queued'},
        {Name: 'ExecutedVersion', Value: '1'},
      ],
    }))!.Metrics!.length;
  await expect.poll(counted, {interval: 50, timeout: 10_000}).toBe(1);
}, 20_000);

test('the configurations of Lambda are known', async () => {
  const {deploymentConfigsList} = await codeDeploy.listDeploymentConfigs({});
  expect(deploymentConfigsList).toHaveLength(9);
  const {deploymentConfigInfo} = await codeDeploy.getDeploymentConfig({
    deploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent15Minutes',
  });
  expect(deploymentConfigInfo!.trafficRoutingConfig).toEqual({
    type: 'TimeBasedCanary',
    timeBasedCanary: {canaryPercentage: 10, canaryInterval: 15},
  });
});

test('what belongs to servers is refused by its name', async () => {
  await expect(
    codeDeploy.createDeploymentGroup({...group, serviceRoleArn: 'x', ec2TagFilters: [{Key: 'a'}]}),
  ).rejects.toThrow(/ec2TagFilters/);
});
