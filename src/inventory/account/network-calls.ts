import type {RouteTable, SecurityGroup, Subnet, VpcEndpoint} from '@aws-sdk/client-ec2';
import type {AwsClients} from '../../aws/clients.ts';
import {described, pages} from './asking.ts';

/** One call each for all VPCs of a region that functions are in. */
export interface NetworkCalls {
  subnets(vpcs: readonly string[]): Promise<readonly Subnet[]>;
  routeTables(vpcs: readonly string[]): Promise<readonly RouteTable[]>;
  vpcEndpoints(vpcs: readonly string[]): Promise<readonly VpcEndpoint[]>;
  securityGroups(vpcs: readonly string[]): Promise<readonly SecurityGroup[]>;
}

/** The embedded AWS puts functions into VPCs that have nothing in them. */
export const noNetworks: NetworkCalls = {
  subnets: async () => [],
  routeTables: async () => [],
  vpcEndpoints: async () => [],
  securityGroups: async () => [],
};

export function networkCalls(clients: AwsClients): NetworkCalls {
  const inVpcs = (vpcs: readonly string[], NextToken: string | undefined) => ({
    Filters: [{Name: 'vpc-id', Values: [...vpcs]}],
    NextToken,
    MaxResults: 100,
  });
  return {
    subnets: vpcs =>
      described('describe the subnets', async () => {
        const {DescribeSubnetsCommand} = await import('../../aws/ec2.ts');
        const ec2 = await clients.ec2();
        return pages(async next => {
          const {Subnets = [], NextToken} = await ec2.send(new DescribeSubnetsCommand(inVpcs(vpcs, next)));
          return [Subnets, NextToken];
        });
      }),
    routeTables: vpcs =>
      described('describe the route tables', async () => {
        const {DescribeRouteTablesCommand} = await import('../../aws/ec2.ts');
        const ec2 = await clients.ec2();
        return pages(async next => {
          const {RouteTables = [], NextToken} = await ec2.send(new DescribeRouteTablesCommand(inVpcs(vpcs, next)));
          return [RouteTables, NextToken];
        });
      }),
    vpcEndpoints: vpcs =>
      described('describe the VPC endpoints', async () => {
        const {DescribeVpcEndpointsCommand} = await import('../../aws/ec2.ts');
        const ec2 = await clients.ec2();
        return pages(async next => {
          const {VpcEndpoints = [], NextToken} = await ec2.send(new DescribeVpcEndpointsCommand(inVpcs(vpcs, next)));
          return [VpcEndpoints, NextToken];
        });
      }),
    securityGroups: vpcs =>
      described('describe the security groups', async () => {
        const {DescribeSecurityGroupsCommand} = await import('../../aws/ec2.ts');
        const ec2 = await clients.ec2();
        return pages(async next => {
          const page = await ec2.send(new DescribeSecurityGroupsCommand(inVpcs(vpcs, next)));
          return [page.SecurityGroups ?? [], page.NextToken];
        });
      }),
  };
}
