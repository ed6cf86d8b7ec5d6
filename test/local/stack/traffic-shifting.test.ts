import {readFileSync} from 'node:fs';
import {setImmediate} from 'node:timers/promises';
import {expect, test} from 'vitest';
import type {Stack} from '../../../src/local/services/cloudformation/model.ts';
import {openState} from '../../../src/local/state.ts';
import {type AssembledCloud, assembledCloud, refusal} from '../assembled-cloud.ts';

const template = readFileSync(new URL('fixtures/canary.yaml', import.meta.url), 'utf8');
const minute = 60_000;

function submit(cloud: AssembledCloud, operation: 'CreateStack' | 'UpdateStack', more: Record<string, string>) {
  return cloud.call('cloudformation', operation, {
    StackName: 'shop',
    TemplateBody: template,
    Parameters: Object.entries(more).map(([ParameterKey, ParameterValue]) => ({ParameterKey, ParameterValue})),
    Capabilities: ['CAPABILITY_IAM'],
  });
}

async function status(cloud: AssembledCloud): Promise<string> {
  const {Stacks} = await cloud.call<{Stacks: {StackStatus: string}[]}>('cloudformation', 'DescribeStacks', {
    StackName: 'shop',
  });
  return Stacks[0]!.StackStatus;
}

/** Lets what needs no time happen. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 2000 && !(await condition()); turn++) await setImmediate();
  expect(await condition()).toBe(true);
}

async function settled(cloud: AssembledCloud): Promise<string> {
  await until(async () => {
    await cloud.clock.advance(0);
    return !(await status(cloud)).endsWith('_IN_PROGRESS');
  });
  return status(cloud);
}

async function events(cloud: AssembledCloud, logicalId: string) {
  const {StackEvents} = await cloud.call<{StackEvents: Record<string, string>[]}>(
    'cloudformation',
    'DescribeStackEvents',
    {StackName: 'shop'},
  );
  return StackEvents.filter(({LogicalResourceId}) => LogicalResourceId === logicalId)
    .reverse()
    .map(({ResourceStatus, ResourceStatusReason = ''}) => `${ResourceStatus} ${ResourceStatusReason}`.trim());
}

async function alias(cloud: AssembledCloud) {
  const {StackResourceDetail} = await cloud.call<{StackResourceDetail: {PhysicalResourceId: string}}>(
    'cloudformation',
    'DescribeStackResource',
    {StackName: 'shop', LogicalResourceId: 'Function'},
  );
  const {FunctionVersion, RoutingConfig} = await cloud.call<{FunctionVersion: string; RoutingConfig?: object}>(
    'lambda',
    'GetAlias',
    {FunctionName: StackResourceDetail.PhysicalResourceId, Name: 'live'},
  );
  return [FunctionVersion, ...(RoutingConfig === undefined ? [] : [RoutingConfig])];
}

const canary = ['1', {AdditionalVersionWeights: {2: 0.1}}];

/** The stack with version 2 getting its tenth. */
async function shifting() {
  const cloud = assembledCloud();
  await submit(cloud, 'CreateStack', {Code: 'one'});
  expect(await settled(cloud)).toBe('CREATE_COMPLETE');
  expect(await alias(cloud)).toEqual(['1']);
  await submit(cloud, 'UpdateStack', {Code: 'two'});
  await until(async () => (await alias(cloud)).length === 2);
  expect(await alias(cloud)).toEqual(canary);
  return cloud;
}

const trip = async (cloud: AssembledCloud) => {
  const {MetricAlarms} = await cloud.call<{MetricAlarms: {AlarmName: string}[]}>('cloudwatch', 'DescribeAlarms');
  await cloud.call('cloudwatch', 'SetAlarmState', {
    AlarmName: MetricAlarms[0]!.AlarmName,
    StateValue: 'ALARM',
    StateReason: 'test',
  });
};

test('an update of the version is a deployment that the stack waits for', async () => {
  const cloud = await shifting();
  await cloud.clock.advance(4 * minute);
  expect(await status(cloud)).toBe('UPDATE_IN_PROGRESS');
  expect(await alias(cloud)).toEqual(canary);
  await cloud.clock.advance(2 * minute);
  expect(await settled(cloud)).toBe('UPDATE_COMPLETE');
  expect(await alias(cloud)).toEqual(['2']);
  expect(await events(cloud, 'Alias')).toEqual([
    'CREATE_IN_PROGRESS',
    'CREATE_COMPLETE',
    'UPDATE_IN_PROGRESS',
    expect.stringMatching(/^UPDATE_IN_PROGRESS Waiting for the CodeDeploy deployment d-[A-Z0-9]{9}$/),
    'UPDATE_COMPLETE',
  ]);
});

test('an alarm brings the alias and the stack back', async () => {
  const cloud = await shifting();
  await trip(cloud);
  await cloud.clock.advance(10_000);
  expect(await settled(cloud)).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await alias(cloud)).toEqual(['1']);
  expect((await events(cloud, 'Alias')).filter(event => event.includes('FAILED'))).toEqual([
    expect.stringMatching(
      /^UPDATE_FAILED Resource handler returned message: "d-\w+ failed\. One or more alarms have been activated .* \(RequestToken: .*, HandlerErrorCode: InternalFailure\)$/,
    ),
  ]);
  await submit(cloud, 'UpdateStack', {Code: 'three'});
  await until(async () => (await alias(cloud)).length === 2);
  await cloud.clock.advance(6 * minute);
  expect(await settled(cloud)).toBe('UPDATE_COMPLETE');
  expect(await alias(cloud)).toEqual(['3']);
});

test('a role that may not look at the alarm fails the update before anything is shifted', async () => {
  const cloud = assembledCloud();
  await submit(cloud, 'CreateStack', {Code: 'one', Broken: 'yes'});
  expect(await settled(cloud)).toBe('CREATE_COMPLETE');
  await submit(cloud, 'UpdateStack', {Code: 'two', Broken: 'yes'});
  await until(async () => (await events(cloud, 'Alias')).some(event => event.includes('Waiting')));
  await cloud.clock.advance(2000);
  expect(await settled(cloud)).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await alias(cloud)).toEqual(['1']);
  expect((await events(cloud, 'Alias')).find(event => event.includes('FAILED'))).toContain(
    'is not authorized to perform: cloudwatch:DescribeAlarms',
  );
});

test('a restart goes on waiting', async () => {
  const cloud = await shifting();
  await cloud.restart();
  await cloud.clock.advance(0);
  expect(await status(cloud)).toBe('UPDATE_IN_PROGRESS');
  expect(await alias(cloud)).toEqual(canary);
  await cloud.restart(() => cloud.clock.advance(6 * minute));
  await until(async () => {
    await cloud.clock.advance(1000);
    return (await status(cloud)) === 'UPDATE_COMPLETE';
  });
  expect(await alias(cloud)).toEqual(['2']);
  expect(await cloud.call('codedeploy', 'ListDeployments')).toMatchObject({deployments: [expect.any(String)]});
});

test('an update that was interrupted elsewhere as well is rolled back, and its deployment stopped', async () => {
  const cloud = await shifting();
  await cloud.restart(async () => {
    const state = openState(cloud.folder);
    const stacks = state.collection<Stack>('cloudformation_stacks');
    for (const [id, stack] of [...stacks.entries()]) {
      const Alarm = {...stack.resources.Alarm!, status: 'UPDATE_IN_PROGRESS'} as const;
      stacks.set(id, {...stack, resources: {...stack.resources, Alarm}});
    }
    state.close();
  });
  await until(async () => {
    await cloud.clock.advance(1000);
    return (await status(cloud)) === 'UPDATE_ROLLBACK_COMPLETE';
  });
  expect(await alias(cloud)).toEqual(['1']);
  expect(await cloud.call('codedeploy', 'ListDeployments', {includeOnlyStatuses: ['Stopped']})).toMatchObject({
    deployments: [expect.any(String)],
  });
});

test('a failure elsewhere in the stack stops the deployment', async () => {
  const cloud = assembledCloud();
  await submit(cloud, 'CreateStack', {Code: 'one'});
  expect(await settled(cloud)).toBe('CREATE_COMPLETE');
  const queue = `  Queue:
    Type: AWS::SQS::Queue
    DependsOn: [Version, DeploymentGroup]
    Properties: {VisibilityTimeout: 99999999}
`;
  await cloud.call('cloudformation', 'UpdateStack', {
    StackName: 'shop',
    TemplateBody: `${template}${queue}`,
    Parameters: [{ParameterKey: 'Code', ParameterValue: 'two'}],
    Capabilities: ['CAPABILITY_IAM'],
  });
  await until(async () => {
    await cloud.clock.advance(100);
    return (await status(cloud)) === 'UPDATE_ROLLBACK_COMPLETE';
  });
  expect(await alias(cloud)).toEqual(['1']);
  expect(await events(cloud, 'Alias')).toContain('UPDATE_FAILED Resource update cancelled');
});

test('an update that is cancelled stops the deployment', async () => {
  const cloud = await shifting();
  await cloud.call('cloudformation', 'CancelUpdateStack', {StackName: 'shop'});
  await cloud.clock.advance(2000);
  expect(await settled(cloud)).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await alias(cloud)).toEqual(['1']);
  await cloud.clock.advance(10 * minute);
  expect(await alias(cloud)).toEqual(['1']);
});

test.each([
  ['AutoScalingReplacingUpdate', 'Resources.Alias.UpdatePolicy.AutoScalingReplacingUpdate (AWS::Lambda::Alias)'],
  ['CodeDeployLambdaAliasUpdate: {DeploymentGroupName: x}', 'ApplicationName (AWS::Lambda::Alias): this property is'],
])('an update policy of %s is refused', async (policy, words) => {
  const cloud = assembledCloud();
  const text = template.replace(
    /CodeDeployLambdaAliasUpdate:\n.*\n.*\n/,
    `${policy.includes(':') ? policy : `${policy}: {WillReplace: true}`}\n`,
  );
  expect(await refusal(cloud.call('cloudformation', 'CreateStack', {StackName: 'shop', TemplateBody: text}))).toContain(
    words,
  );
});
