import type {SecurityGroup as Ec2SecurityGroup, Subnet as Ec2Subnet, RouteTable, Tag} from '@aws-sdk/client-ec2';
import type {SecurityGroup, Subnet, VpcEndpoint} from '../../model/network.ts';
import {isUnresolved, type Resolvable} from '../../model/resolvable.ts';
import type {NetworkCalls} from './network-calls.ts';
import type {Reading} from './reading.ts';

interface Network {
  readonly subnets: readonly Subnet[];
  readonly vpcEndpoints: readonly VpcEndpoint[];
  readonly securityGroups: readonly SecurityGroup[];
}

/** What the VPCs of functions are made of. */
export async function readNetwork(calls: NetworkCalls, vpcs: readonly string[], reading: Reading): Promise<Network> {
  if (vpcs.length === 0) return {subnets: [], vpcEndpoints: [], securityGroups: []};
  const {attempt, region, account} = reading;
  const [subnets, routeTables, endpoints, groups] = await Promise.all([
    attempt('vpc/*', 'the subnets', () => calls.subnets(vpcs)),
    attempt('vpc/no-way-out', 'the route tables', () => calls.routeTables(vpcs)),
    attempt('vpc/no-way-out', 'the VPC endpoints', () => calls.vpcEndpoints(vpcs)),
    attempt('vpc/open-security-group', 'the security groups', () => calls.securityGroups(vpcs)),
  ]);
  const arn = (kind: string, id: string) => `arn:aws:ec2:${region}:${account}:${kind}/${id}`;
  return {
    subnets: orNone(subnets).map(subnet => ({
      ...readSubnet(subnet, routeTables),
      origin: {arn: arn('subnet', subnet.SubnetId ?? ''), region},
    })),
    vpcEndpoints: isUnresolved(endpoints)
      ? vpcs.map(vpc => ({serviceName: endpoints, vpc}))
      : endpoints
          .filter(({State}) => State?.toLowerCase() === 'available')
          .map(({ServiceName: serviceName = '', VpcId: vpc = ''}) => ({serviceName, vpc})),
    securityGroups: orNone(groups).map(group => ({
      ...readSecurityGroup(group),
      origin: {arn: arn('security-group', group.GroupId ?? ''), region},
    })),
  };
}

function orNone<T>(list: Resolvable<readonly T[]>): readonly T[] {
  return isUnresolved(list) ? [] : list;
}

function readSubnet(
  {SubnetId: id = '', VpcId: vpc = '', AvailabilityZone: zone, AvailableIpAddressCount: free, Tags}: Ec2Subnet,
  tables: Resolvable<readonly RouteTable[]>,
): Omit<Subnet, 'origin'> {
  return {
    name: nameIn(Tags) ?? id,
    id,
    vpc,
    ...(zone === undefined ? {} : {zone}),
    ...(free === undefined ? {} : {freeAddresses: free}),
    defaultRoute: isUnresolved(tables) ? tables : defaultRoute(id, vpc, tables),
  };
}

/** A subnet that no route table names has the main one of its VPC. */
function defaultRoute(subnet: string, vpc: string, tables: readonly RouteTable[]): Subnet['defaultRoute'] {
  const own = tables.find(({Associations = []}) => Associations.some(({SubnetId}) => SubnetId === subnet));
  const main = tables.find(
    ({VpcId, Associations = []}) => VpcId === vpc && Associations.some(({Main}) => Main === true),
  );
  const routes = (own ?? main)?.Routes ?? [];
  const route = routes.find(({DestinationCidrBlock}) => DestinationCidrBlock === '0.0.0.0/0');
  // What it led to is gone.
  if (route === undefined || route.State === 'blackhole') return 'none';
  if (route.NatGatewayId !== undefined) return 'nat';
  return route.GatewayId?.startsWith('igw-') ? 'internet-gateway' : 'other';
}

function readSecurityGroup({
  GroupId: id = '',
  GroupName: name = id,
  IpPermissions: permissions = [],
}: Ec2SecurityGroup): Omit<SecurityGroup, 'origin'> {
  return {
    name,
    id,
    ingress: permissions.flatMap(({IpProtocol: protocol = '-1', FromPort, ToPort, IpRanges = [], Ipv6Ranges = []}) =>
      [...IpRanges.map(({CidrIp}) => CidrIp), ...Ipv6Ranges.map(({CidrIpv6}) => CidrIpv6)].map((cidr = '') => ({
        cidr,
        protocol,
        ...(FromPort === undefined ? {} : {fromPort: FromPort}),
        ...(ToPort === undefined ? {} : {toPort: ToPort}),
      })),
    ),
  };
}

function nameIn(tags: readonly Tag[] = []): string | undefined {
  return tags.find(({Key}) => Key === 'Name')?.Value;
}
