import {zipSync} from 'fflate';
import {expect, test} from 'vitest';
import {type AssembledCloud, account, arnOf, assembledCloud, refusal, roleArn} from '../../assembled-cloud.ts';

const FunctionName = 'orders';
const functionArn = arnOf('lambda', `function:${FunctionName}`);
const hookArn = arnOf('lambda', 'function:check');
const minute = 60_000;
const onAlias = {Action: ['lambda:GetAlias', 'lambda:UpdateAlias'], Resource: [functionArn, `${functionArn}:live`]};
const onAlarm = {Action: 'cloudwatch:DescribeAlarms', Resource: arnOf('cloudwatch', 'alarm:errors')};
const allEvents = ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'];
const group = {applicationName: 'shop', deploymentGroupName: 'live'};
const ZipFile = (text: string) => zipSync({'index.mjs': Buffer.from(text)});

/** A function with two versions, its alias on the first, and a deployment group for it. */
async function openCloud(settings: object = {}, statements: object[] = [onAlias, onAlarm]) {
  const cloud = assembledCloud();
  await cloud.role('worker');
  for (const name of [FunctionName, 'check'])
    await cloud.call('lambda', 'CreateFunction', {
      FunctionName: name,
      Role: roleArn('worker'),
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Code: {ZipFile: ZipFile('one')},
    });
  await cloud.call('lambda', 'PublishVersion', {FunctionName});
  await cloud.call('lambda', 'UpdateFunctionCode', {FunctionName, ZipFile: ZipFile('two')});
  await cloud.call('lambda', 'PublishVersion', {FunctionName});
  await cloud.call('lambda', 'CreateAlias', {FunctionName, Name: 'live', FunctionVersion: '1'});
  await cloud.roleFor('codedeploy.amazonaws.com', 'shifter', ...statements);
  await cloud.call('cloudwatch', 'PutMetricAlarm', {
    AlarmName: 'errors',
    MetricName: 'Errors',
    Namespace: 'Shop',
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
  });
  await cloud.call('codedeploy', 'CreateApplication', {applicationName: 'shop', computePlatform: 'Lambda'});
  await cloud.call('codedeploy', 'CreateDeploymentGroup', {
    ...group,
    serviceRoleArn: roleArn('shifter'),
    deploymentStyle: {deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL'},
    alarmConfiguration: {enabled: true, alarms: [{name: 'errors'}]},
    autoRollbackConfiguration: {enabled: true, events: allEvents},
    ...settings,
  });
  return cloud;
}

function revision(more: object = {}, hooks: object[] = []) {
  const Properties = {Name: FunctionName, Alias: 'live', CurrentVersion: '1', TargetVersion: '2', ...more};
  const Resources = [{orders: {Type: 'AWS::Lambda::Function', Properties}}];
  return {
    revisionType: 'AppSpecContent',
    appSpecContent: {content: JSON.stringify({version: 0.0, Resources, Hooks: hooks})},
  };
}

async function deploy(cloud: AssembledCloud, deploymentConfigName?: string, given: object = revision()) {
  const {deploymentId} = await cloud.call<{deploymentId: string}>('codedeploy', 'CreateDeployment', {
    ...group,
    revision: given,
    deploymentConfigName: deploymentConfigName && `CodeDeployDefault.Lambda${deploymentConfigName}`,
  });
  await cloud.clock.advance(0);
  return deploymentId;
}

/** As `1 100 %` or `1 90 %, 2 10 %`. */
async function weights(cloud: AssembledCloud): Promise<string> {
  const {FunctionVersion, RoutingConfig} = await cloud.call<{
    FunctionVersion: string;
    RoutingConfig?: {AdditionalVersionWeights: Record<string, number>};
  }>('lambda', 'GetAlias', {FunctionName, Name: 'live'});
  const others = Object.entries(RoutingConfig?.AdditionalVersionWeights ?? {});
  const rest = others.reduce((sum, [, weight]) => sum - weight, 1);
  return [[FunctionVersion, rest] as const, ...others]
    .map(([version, weight]) => `${version} ${Math.round(weight * 100)} %`)
    .join(', ');
}

interface Info {
  readonly status: string;
  readonly errorInformation?: {readonly code: string; readonly message: string};
  readonly rollbackInfo?: {readonly rollbackDeploymentId: string; readonly rollbackMessage: string};
}

async function info(cloud: AssembledCloud, deploymentId: string): Promise<Info> {
  const {deploymentInfo} = await cloud.call<{deploymentInfo: Info}>('codedeploy', 'GetDeployment', {deploymentId});
  return deploymentInfo;
}

async function lifecycle(cloud: AssembledCloud, deploymentId: string): Promise<string[]> {
  const {deploymentTarget} = await cloud.call<{
    deploymentTarget: {lambdaTarget: {lifecycleEvents: {status: string}[]}};
  }>('codedeploy', 'GetDeploymentTarget', {deploymentId, targetId: 'orders:live'});
  return deploymentTarget.lambdaTarget.lifecycleEvents.map(({status}) => status);
}

test('a canary shifts a tenth, and the rest when its time has come', async () => {
  const cloud = await openCloud();
  const id = await deploy(cloud, 'Canary10Percent5Minutes');
  expect(await weights(cloud)).toBe('1 90 %, 2 10 %');
  await cloud.clock.advance(5 * minute - 1);
  expect(await weights(cloud)).toBe('1 90 %, 2 10 %');
  expect(await info(cloud, id)).toMatchObject({status: 'InProgress', creator: 'user'});
  await cloud.clock.advance(1);
  expect(await weights(cloud)).toBe('2 100 %');
  expect(await info(cloud, id)).toMatchObject({status: 'Succeeded'});
  expect(await lifecycle(cloud, id)).toEqual(['Succeeded', 'Succeeded', 'Succeeded']);
});

test('a linear deployment shifts a tenth each time', async () => {
  const cloud = await openCloud();
  await deploy(cloud, 'Linear10PercentEvery2Minutes');
  const seen = [await weights(cloud)];
  for (let step = 0; step < 9; step++) {
    await cloud.clock.advance(2 * minute);
    seen.push(await weights(cloud));
  }
  expect(seen.slice(0, 3)).toEqual(['1 90 %, 2 10 %', '1 80 %, 2 20 %', '1 70 %, 2 30 %']);
  expect(seen.slice(8)).toEqual(['1 10 %, 2 90 %', '2 100 %']);
});

test('without a word all is shifted at once, and what the role did is recorded', async () => {
  const cloud = await openCloud();
  await deploy(cloud);
  expect(await weights(cloud)).toBe('2 100 %');
  for (const action of ['lambda:GetAlias', 'lambda:UpdateAlias', 'cloudwatch:DescribeAlarms'])
    expect(cloud.decisions(action)[0]).toMatchObject({
      roleArn: roleArn('shifter'),
      onBehalf: 'codedeploy',
      allowed: true,
    });
});

test('an alarm stops it and brings the old version back', async () => {
  const cloud = await openCloud();
  const id = await deploy(cloud, 'Canary10Percent5Minutes');
  await cloud.call('cloudwatch', 'SetAlarmState', {AlarmName: 'errors', StateValue: 'ALARM', StateReason: 'test'});
  await cloud.clock.advance(10_000);
  expect(await weights(cloud)).toBe('1 100 %');
  const {rollbackInfo, ...stopped} = await info(cloud, id);
  expect(stopped).toMatchObject({
    status: 'Stopped',
    errorInformation: {
      code: 'ALARM_ACTIVE',
      message: expect.stringMatching(/^One or more alarms have been activated .* Activated alarms: <errors>$/),
    },
  });
  expect(await lifecycle(cloud, id)).toEqual(['Succeeded', 'Failed', 'Skipped']);
  const rollback = rollbackInfo!.rollbackDeploymentId;
  expect(await info(cloud, rollback)).toMatchObject({
    status: 'Succeeded',
    creator: 'codeDeployRollback',
    rollbackInfo: {rollbackTriggeringDeploymentId: id},
  });
});

test('an alarm that nobody rolls back on leaves the alias where it is', async () => {
  const cloud = await openCloud({autoRollbackConfiguration: {enabled: true, events: ['DEPLOYMENT_FAILURE']}});
  const id = await deploy(cloud, 'Canary10Percent5Minutes');
  await cloud.call('cloudwatch', 'SetAlarmState', {AlarmName: 'errors', StateValue: 'ALARM', StateReason: 'test'});
  await cloud.clock.advance(10_000);
  expect(await weights(cloud)).toBe('1 90 %, 2 10 %');
  expect(await info(cloud, id)).toMatchObject({status: 'Stopped'});
  expect(await info(cloud, id)).not.toHaveProperty('rollbackInfo.rollbackDeploymentId');
});

test('it can be stopped, and taken back', async () => {
  const cloud = await openCloud({autoRollbackConfiguration: undefined});
  const id = await deploy(cloud, 'Linear10PercentEvery10Minutes');
  await cloud.clock.advance(20 * minute);
  expect(await weights(cloud)).toBe('1 70 %, 2 30 %');
  await cloud.call('codedeploy', 'StopDeployment', {deploymentId: id, autoRollbackEnabled: true});
  await cloud.clock.advance(0);
  expect(await weights(cloud)).toBe('1 100 %');
  expect(await info(cloud, id)).toMatchObject({status: 'Stopped', errorInformation: {code: 'MANUAL_STOP'}});
  expect(await refusal(cloud.call('codedeploy', 'StopDeployment', {deploymentId: id}))).toMatch(
    /^DeploymentAlreadyCompletedException/,
  );
});

test.each([
  ['lambda:GetAlias', [{...onAlias, Action: 'lambda:UpdateAlias'}, onAlarm], 'AWSLambda'],
  ['lambda:UpdateAlias', [{...onAlias, Action: 'lambda:GetAlias'}, onAlarm], 'AWSLambda'],
  ['cloudwatch:DescribeAlarms', [onAlias], 'AmazonCloudWatch'],
])('a role without %s fails it', async (action, statements, service) => {
  const cloud = await openCloud({}, statements);
  const {status, errorInformation} = await info(cloud, await deploy(cloud, 'Canary10Percent5Minutes'));
  expect(status).toBe('Failed');
  expect(errorInformation!.code).toBe('IAM_ROLE_PERMISSIONS');
  expect(errorInformation!.message).toContain(
    `The IAM role ${roleArn('shifter')} does not give you permission to perform operations in the following AWS service: ${service}.`,
  );
  expect(errorInformation!.message).toContain(`is not authorized to perform: ${action} on resource`);
  expect(await weights(cloud)).toBe('1 100 %');
});

test('a hook is called as the role and holds the traffic until it has said how it went', async () => {
  const invoke = {Action: 'lambda:InvokeFunction', Resource: hookArn};
  const cloud = await openCloud({}, [onAlias, onAlarm, invoke]);
  const id = await deploy(cloud, undefined, revision({}, [{BeforeAllowTraffic: 'check'}]));
  expect(await weights(cloud)).toBe('1 100 %');
  expect(cloud.decisions('lambda:InvokeFunction')[0]).toMatchObject({roleArn: roleArn('shifter'), resource: hookArn});
  expect(await lifecycle(cloud, id)).toEqual(['InProgress', 'Pending', 'Pending']);
  const wrong = {deploymentId: id, lifecycleEventHookExecutionId: 'other', status: 'Succeeded'};
  expect(await refusal(cloud.call('codedeploy', 'PutLifecycleEventHookExecutionStatus', wrong))).toMatch(
    /^InvalidLifecycleEventHookExecutionIdException/,
  );
  await cloud.clock.advance(61 * minute);
  expect(await info(cloud, id)).toMatchObject({
    status: 'Failed',
    errorInformation: {code: 'HOOK_EXECUTION_FAILURE'},
  });
});

test('it goes on after a restart', async () => {
  const cloud = await openCloud();
  const id = await deploy(cloud, 'Canary10Percent5Minutes');
  await cloud.restart();
  expect(await weights(cloud)).toBe('1 90 %, 2 10 %');
  await cloud.restart(() => cloud.clock.advance(6 * minute));
  await cloud.clock.advance(0);
  expect(await weights(cloud)).toBe('2 100 %');
  expect(await info(cloud, id)).toMatchObject({status: 'Succeeded'});
});

test('a group deploys one thing at a time', async () => {
  const cloud = await openCloud();
  const id = await deploy(cloud, 'Canary10Percent5Minutes');
  expect(await refusal(deploy(cloud))).toBe(
    `DeploymentLimitExceededException: The Deployment Group 'live' is already deploying deployment '${id}'.`,
  );
});

test('the alias must be where the AppSpec says', async () => {
  const cloud = await openCloud();
  const id = await deploy(cloud, undefined, revision({CurrentVersion: '2', TargetVersion: '1'}));
  expect(await info(cloud, id)).toMatchObject({
    status: 'Failed',
    errorInformation: {code: 'INVALID_LAMBDA_CONFIGURATION'},
  });
});

test('an AppSpec may be YAML, and says nothing that is not known', async () => {
  const cloud = await openCloud();
  const content = [
    'version: 0.0',
    'Resources:',
    '  - orders:',
    '      Type: AWS::Lambda::Function',
    '      Properties: {Name: orders, Alias: live, CurrentVersion: 1, TargetVersion: 2}',
  ].join('\n');
  const strange = {revisionType: 'String', string: {content: `${content}\nFiles: []`}};
  expect(await refusal(deploy(cloud, undefined, strange))).toMatch(/^InvalidRevisionException: .*Files/);
  await deploy(cloud, undefined, {revisionType: 'String', string: {content}});
  expect(await weights(cloud)).toBe('2 100 %');
});

test.each([
  ['CreateApplication', {applicationName: 'servers'}, /^NotImplemented: .*compute platform Server/],
  ['CreateApplication', {applicationName: 'shop', computePlatform: 'Lambda'}, /^ApplicationAlreadyExistsException/],
  ['GetDeploymentGroup', {...group, deploymentGroupName: 'x'}, /^DeploymentGroupDoesNotExistException/],
  ['UpdateDeploymentGroup', {deploymentConfigName: 'Mine'}, /^DeploymentConfigDoesNotExistException/],
  ['UpdateDeploymentGroup', {serviceRoleArn: roleArn('worker')}, /^InvalidRoleException: Cannot assume role/],
  ['UpdateDeploymentGroup', {deploymentStyle: {}}, /^InvalidDeploymentStyleException/],
  ['UpdateDeploymentGroup', {autoRollbackConfiguration: {enabled: true}}, /^InvalidAutoRollbackConfigException/],
  ['UpdateDeploymentGroup', {alarmConfiguration: {enabled: true}}, /^InvalidAlarmConfigException/],
])('%s of %o is refused', async (operation, input, words) => {
  const cloud = await openCloud();
  const update = {applicationName: 'shop', currentDeploymentGroupName: 'live'};
  const whole = operation === 'UpdateDeploymentGroup' ? {...update, ...input} : input;
  expect(await refusal(cloud.call('codedeploy', operation, whole))).toMatch(words);
});

test('an application goes with its groups, and its tags are its own', async () => {
  const cloud = await openCloud();
  const ResourceArn = `arn:aws:codedeploy:us-east-1:${account}:deploymentgroup:shop/live`;
  await cloud.call('codedeploy', 'TagResource', {ResourceArn, Tags: [{Key: 'team', Value: 'a'}]});
  expect(await cloud.call('codedeploy', 'ListTagsForResource', {ResourceArn})).toEqual({
    Tags: [{Key: 'team', Value: 'a'}],
  });
  await cloud.call('codedeploy', 'DeleteApplication', {applicationName: 'shop'});
  expect(await cloud.call('codedeploy', 'ListApplications')).toMatchObject({applications: []});
  expect(await refusal(cloud.call('codedeploy', 'GetDeploymentGroup', group))).toMatch(
    /^ApplicationDoesNotExistException/,
  );
});
