import {describe, expect, it, test} from 'vitest';
import type {Caller} from '../../../../src/local/caller.ts';
import {type AssembledCloud, account, arnOf, assembledCloud, refusal, roleArn} from '../../assembled-cloud.ts';
import {newFunction} from './lambda-bench.ts';

const VpcConfig = {SubnetIds: ['subnet-0a', 'subnet-0b'], SecurityGroupIds: ['sg-0c']};
const attached = {...VpcConfig, VpcId: 'vpc-00000000000000000', Ipv6AllowedForDualStack: false};
const detached = {SubnetIds: [], SecurityGroupIds: []};

/** As narrow as it can be: what `gear new service --vpc` writes. */
const statements = [
  {
    Action: 'ec2:CreateNetworkInterface',
    Resource: ['network-interface/*', 'subnet/*', 'security-group/*'].map(resource => arnOf('ec2', resource)),
  },
  {
    Action: ['ec2:DeleteNetworkInterface', 'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses'],
    Resource: arnOf('ec2', '*/*'),
  },
  {Action: ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets'], Resource: '*'},
];

async function create(cloud: AssembledCloud, input: object = {VpcConfig}) {
  return cloud.call('lambda', 'CreateFunction', {...newFunction, ...input, Role: roleArn('orders')});
}

describe('a function in a VPC', () => {
  it('is created with its subnets and security groups, and Lambda’s work counts as use of its role', async () => {
    const cloud = assembledCloud();
    const role = await cloud.role('orders', ...statements);
    expect(await create(cloud)).toMatchObject({VpcConfig: attached});
    expect(await cloud.call('lambda', 'GetFunctionConfiguration', {FunctionName: 'orders'})).toMatchObject({
      VpcConfig: attached,
    });
    expect(cloud.used(role).sort()).toEqual(
      [
        'ec2:AssignPrivateIpAddresses 1 allowed, 0 denied',
        'ec2:CreateNetworkInterface 2 allowed, 0 denied',
        'ec2:CreateNetworkInterface 2 allowed, 0 denied',
        'ec2:CreateNetworkInterface 1 allowed, 0 denied',
        'ec2:CreateNetworkInterface 1 allowed, 0 denied',
        'ec2:DeleteNetworkInterface 1 allowed, 0 denied',
        'ec2:DescribeNetworkInterfaces 1 allowed, 0 denied',
        'ec2:DescribeSubnets 1 allowed, 0 denied',
        'ec2:UnassignPrivateIpAddresses 1 allowed, 0 denied',
      ].sort(),
    );
    expect(cloud.decisions('ec2:DescribeSubnets')).toMatchObject([{onBehalf: 'lambda', functionName: 'orders'}]);
  });

  const needed = ['CreateNetworkInterface', 'DescribeNetworkInterfaces', 'DeleteNetworkInterface'];
  it.each(needed)('is refused when its role may not do ec2:%s', async operation => {
    const cloud = assembledCloud();
    const deny = {Effect: 'Deny', Action: `ec2:${operation}`, Resource: '*'};
    await cloud.role('orders', ...statements, deny);
    const sentence = `The provided execution role does not have permissions to call ${operation} on EC2`;
    expect(await refusal(create(cloud))).toBe(`InvalidParameterValueException: ${sentence}`);
    await create(cloud, {});
    const update = cloud.call('lambda', 'UpdateFunctionConfiguration', {FunctionName: 'orders', VpcConfig});
    expect(await refusal(update)).toBe(`InvalidParameterValueException: ${sentence}`);
  });

  it('does without what older policies of AWS do not allow, and that is no denial', async () => {
    const cloud = assembledCloud();
    const Action = needed.map(operation => `ec2:${operation}`);
    const role = await cloud.role('orders', {Action, Resource: '*'});
    expect(await create(cloud)).toMatchObject({VpcConfig: attached});
    expect(cloud.used(role).filter(use => !use.endsWith(' 0 denied'))).toEqual([]);
  });

  it('keeps its VPC through other changes, and leaves it when the lists are empty', async () => {
    const cloud = assembledCloud();
    await cloud.role('orders', ...statements);
    await create(cloud);
    const update = (input: object) =>
      cloud.call('lambda', 'UpdateFunctionConfiguration', {FunctionName: 'orders', ...input});
    expect(await update({Timeout: 9})).toMatchObject({VpcConfig: attached});
    expect(await update({VpcConfig: detached})).toMatchObject({VpcConfig: {...detached, VpcId: ''}});
  });

  it('is not handed to a role that may not make network interfaces', async () => {
    const cloud = assembledCloud();
    await cloud.role('orders', ...statements);
    await cloud.role('other');
    await create(cloud);
    const update = cloud.call('lambda', 'UpdateFunctionConfiguration', {
      FunctionName: 'orders',
      Role: roleArn('other'),
    });
    expect(await refusal(update)).toMatch(/CreateNetworkInterface on EC2$/);
  });

  test.each([
    [{SubnetIds: ['subnet-0a']}, /SubnetIds and SecurityIds must coexist/],
    [{SubnetIds: ['orders'], SecurityGroupIds: ['sg-0c']}, /'vpcConfig.subnetIds'/],
    [{SubnetIds: ['subnet-0a'], SecurityGroupIds: ['orders']}, /'vpcConfig.securityGroupIds'/],
    [{SubnetIds: ['subnet-0a'], SecurityGroupIds: Array(6).fill('sg-0c')}, /less than or equal to 5/],
  ])('is refused with %j', async (config, sentence) => {
    const cloud = assembledCloud();
    await cloud.role('orders', ...statements);
    expect(await refusal(create(cloud, {VpcConfig: config}))).toMatch(sentence);
  });
});

it('keeps the code of a function from what only Lambda may do with its role', async () => {
  const cloud = assembledCloud();
  const Condition = {Null: {'lambda:SourceFunctionArn': 'false'}};
  const role = await cloud.role('orders', ...statements, {Effect: 'Deny', Action: 'ec2:*', Resource: '*', Condition});
  expect(await create(cloud)).toMatchObject({VpcConfig: attached});
  const code: Caller = {...role, functionName: 'orders'};
  expect(await refusal(cloud.call('ec2', 'DescribeSubnets', {DryRun: true}, code))).toMatch(
    /^UnauthorizedOperation: .*with an explicit deny/,
  );
});

it('tells a policy which function’s code is calling', async () => {
  const cloud = assembledCloud();
  const SourceFunctionArn = `arn:aws:lambda:us-east-1:${account}:function:orders`;
  const Condition = {ArnEquals: {'lambda:SourceFunctionArn': SourceFunctionArn}};
  const role = await cloud.role('orders', {Action: 'ec2:DescribeSubnets', Resource: '*', Condition});
  const describeSubnets = (functionName: string) =>
    refusal(cloud.call('ec2', 'DescribeSubnets', {DryRun: true}, {...role, functionName} as Caller));
  expect(await describeSubnets('orders')).toBe('it was allowed');
  expect(await describeSubnets('billing')).toMatch(/^UnauthorizedOperation/);
});

it('refuses to be asked of EC2 for more than whether it may be done', async () => {
  const cloud = assembledCloud();
  expect(await refusal(cloud.call('ec2', 'DescribeSubnets'))).toMatch(/there is no network$/);
});
