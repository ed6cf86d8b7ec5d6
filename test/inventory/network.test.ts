import type {RouteTable} from '@aws-sdk/client-ec2';
import {expect, test} from 'vitest';
import {audit} from '../../src/audit/audit.ts';
import {rules} from '../../src/audit/rules/index.ts';
import {GearError} from '../../src/errors.ts';
import type {AccountCalls} from '../../src/inventory/account/account-calls.ts';
import {readAccountInventory} from '../../src/inventory/read-account-inventory.ts';
import {quietCalls} from './quiet-calls.ts';

const account = '111122223333';
const region = 'eu-central-1';
const role = `arn:aws:iam::${account}:role/ingest`;
const encoded = (document: object) => encodeURIComponent(JSON.stringify(document));

/** A function in two subnets of vpc-a, that may put items into a table. */
const inVpc: Partial<AccountCalls> = {
  functions: async () => [
    {
      FunctionName: 'ingest',
      FunctionArn: `arn:aws:lambda:${region}:${account}:function:ingest`,
      Role: role,
      VpcConfig: {VpcId: 'vpc-a', SubnetIds: ['subnet-a', 'subnet-b'], SecurityGroupIds: ['sg-a']},
    },
  ],
  rolesAndPolicies: async () => ({
    roles: [
      {
        RoleName: 'ingest',
        Arn: role,
        AssumeRolePolicyDocument: encoded({Statement: []}),
        RolePolicyList: [
          {
            PolicyName: 'ingest',
            PolicyDocument: encoded({
              Statement: [
                {
                  Effect: 'Allow',
                  Action: 'dynamodb:PutItem',
                  Resource: `arn:aws:dynamodb:${region}:${account}:table/orders`,
                },
              ],
            }),
          },
        ],
      },
    ],
    policies: [],
  }),
  subnets: async () => [subnet('subnet-a', 'a', 200), subnet('subnet-b', 'b', 200)],
  routeTables: async () => [main([])],
};

function subnet(id: string, zone: string, free: number) {
  return {SubnetId: id, VpcId: 'vpc-a', AvailabilityZone: `${region}${zone}`, AvailableIpAddressCount: free};
}

function main(routes: RouteTable['Routes']): RouteTable {
  return {VpcId: 'vpc-a', Associations: [{Main: true}], Routes: routes};
}

async function auditOf(changed: Partial<AccountCalls>) {
  const inventory = await readAccountInventory({...quietCalls, ...inVpc, ...changed}, {account, region});
  const {findings, notChecked} = audit(inventory, rules, {today: '2026-11-21'});
  return {
    findings: findings.filter(({rule}) => rule.startsWith('vpc/')).map(({rule, evidence}) => ({rule, evidence})),
    notChecked: notChecked.filter(entry => entry.rule.startsWith('vpc/')),
  };
}

const world = '0.0.0.0/0';
const stuck = (subnets: readonly string[]) => ({rule: 'vpc/no-way-out', evidence: {services: ['dynamodb'], subnets}});

test.each<[string, Partial<AccountCalls>, object[]]>([
  ['no default route', {}, [stuck(['subnet-a', 'subnet-b'])]],
  [
    'an internet gateway',
    {routeTables: async () => [main([{DestinationCidrBlock: world, GatewayId: 'igw-a'}])]},
    [stuck(['subnet-a', 'subnet-b'])],
  ],
  ['a NAT gateway', {routeTables: async () => [main([{DestinationCidrBlock: world, NatGatewayId: 'nat-a'}])]}, []],
  [
    'a NAT gateway that is gone',
    {
      routeTables: async () => [main([{DestinationCidrBlock: world, NatGatewayId: 'nat-a', State: 'blackhole'}])],
    },
    [stuck(['subnet-a', 'subnet-b'])],
  ],
  [
    'a route table of its own for one subnet, beside the main one',
    {
      routeTables: async () => [
        main([{DestinationCidrBlock: world, NatGatewayId: 'nat-a'}]),
        {VpcId: 'vpc-a', Associations: [{SubnetId: 'subnet-b', Main: false}], Routes: []},
      ],
    },
    [stuck(['subnet-b'])],
  ],
  [
    'an endpoint of the service',
    {
      vpcEndpoints: async () => [
        {VpcId: 'vpc-a', ServiceName: `com.amazonaws.${region}.dynamodb`, State: 'available' as never},
      ],
    },
    [],
  ],
  [
    'an endpoint of the service in another VPC, and one that is not there yet',
    {
      vpcEndpoints: async () => [
        {VpcId: 'vpc-b', ServiceName: `com.amazonaws.${region}.dynamodb`, State: 'available' as never},
        {VpcId: 'vpc-a', ServiceName: `com.amazonaws.${region}.dynamodb`, State: 'pending' as never},
      ],
    },
    [stuck(['subnet-a', 'subnet-b'])],
  ],
])('a function whose subnets have %s', async (_, changed, expected) => {
  const {findings} = await auditOf(changed);
  expect(findings.filter(({rule}) => rule === 'vpc/no-way-out')).toEqual(expected);
});

const routed = {routeTables: async () => [main([{DestinationCidrBlock: world, NatGatewayId: 'nat-a'}])]};

test('subnets of one zone, and one with hardly an address left, are found', async () => {
  const {findings} = await auditOf({
    ...routed,
    subnets: async () => [
      {...subnet('subnet-a', 'a', 3), Tags: [{Key: 'Name', Value: 'private'}]},
      subnet('subnet-b', 'a', 8),
    ],
  });
  expect(findings).toContainEqual({rule: 'vpc/one-zone', evidence: {subnets: ['private', 'subnet-b']}});
  expect(findings.filter(({rule}) => rule === 'vpc/few-addresses')).toEqual([
    {rule: 'vpc/few-addresses', evidence: {subnet: 'subnet-a'}},
  ]);
});

test('a security group that lets the world in is found', async () => {
  const {findings} = await auditOf({
    ...routed,
    securityGroups: async () => [
      {
        GroupId: 'sg-a',
        GroupName: 'ingest',
        IpPermissions: [
          {
            IpProtocol: 'tcp',
            FromPort: 443,
            ToPort: 443,
            IpRanges: [{CidrIp: world}],
            Ipv6Ranges: [{CidrIpv6: '::/0'}],
          },
          {IpProtocol: '-1', IpRanges: [{CidrIp: '10.0.0.0/8'}], UserIdGroupPairs: [{GroupId: 'sg-a'}]},
        ],
      },
      {GroupId: 'sg-b', IpPermissions: [{IpProtocol: '-1', IpRanges: [{CidrIp: world}]}]},
    ],
  });
  expect(findings.filter(({rule}) => rule === 'vpc/open-security-group')).toEqual([
    {rule: 'vpc/open-security-group', evidence: {securityGroup: 'sg-a', ports: ['tcp 443']}},
  ]);
});

test('nothing is asked about networks when no function is in one', async () => {
  const asked = async () => {
    throw new TypeError('it was asked');
  };
  const functions = async () => [{FunctionName: 'ingest', VpcConfig: {VpcId: '', SubnetIds: []}}];
  await auditOf({functions, subnets: asked, routeTables: asked, vpcEndpoints: asked, securityGroups: asked});
});

test.each(['subnets', 'routeTables', 'vpcEndpoints', 'securityGroups'] as const)(
  'without permission to describe the %s there is no finding that goes by them, and no pass',
  async call => {
    const denied = async () => {
      throw new GearError('Could not do it: UnauthorizedOperation', {code: 'AWS_ERROR'});
    };
    const {findings, notChecked} = await auditOf({[call]: denied});
    expect(notChecked.map(({reason}) => reason).join()).toContain('UnauthorizedOperation');
    if (call !== 'securityGroups') expect(findings.map(({rule}) => rule)).not.toContain('vpc/no-way-out');
  },
);
