import type {SecurityGroup, Subnet, VpcEndpoint} from '../../model/network.ts';
import {isUnresolved, unresolved} from '../../model/resolvable.ts';
import type {TemplateResource} from './resources.ts';
import type {Value} from './value.ts';

export function readSubnets(resources: readonly TemplateResource[]): readonly Subnet[] {
  return resources
    .filter(({type}) => type === 'AWS::EC2::Subnet')
    .map(({logicalId, property, origin}) => {
      const zone = property('AvailabilityZone');
      return {
        name: logicalId,
        id: reference(logicalId),
        // `!Select [0, !GetAZs '']` is not known, and still another zone than `!Select [1, !GetAZs '']`.
        ...(zone.exists ? {zone: JSON.stringify(zone.written)} : {}),
        defaultRoute: defaultRoute(logicalId, resources),
        origin,
      };
    });
}

export function readVpcEndpoints(resources: readonly TemplateResource[]): readonly VpcEndpoint[] {
  return resources
    .filter(({type}) => type === 'AWS::EC2::VPCEndpoint')
    .map(({property}) => ({serviceName: property('ServiceName').text() ?? ''}));
}

export function readSecurityGroups(resources: readonly TemplateResource[]): readonly SecurityGroup[] {
  return resources
    .filter(({type}) => type === 'AWS::EC2::SecurityGroup')
    .map(({logicalId, property, origin}) => ({
      name: logicalId,
      id: reference(logicalId),
      ingress: [...property('SecurityGroupIngress').items(), ...ingressOf(logicalId, resources)].map(readIngress),
      origin,
    }));
}

/** Rules that are resources of their own. */
function ingressOf(group: string, resources: readonly TemplateResource[]): readonly Value[] {
  return resources
    .filter(({type, property}) => {
      if (type !== 'AWS::EC2::SecurityGroupIngress') return false;
      const id = property('GroupId').text();
      return id === `\${${group}.GroupId}` || id === reference(group);
    })
    .map(({properties}) => properties);
}

function readIngress(rule: Value): SecurityGroup['ingress'][number] {
  const [from, to] = [rule.at('FromPort').number(), rule.at('ToPort').number()];
  return {
    cidr: rule.at('CidrIp').text() ?? rule.at('CidrIpv6').text() ?? '',
    protocol: rule.at('IpProtocol').text() ?? '-1',
    ...(from === undefined ? {} : {fromPort: from}),
    ...(to === undefined ? {} : {toPort: to}),
  };
}

function defaultRoute(subnet: string, resources: readonly TemplateResource[]): Subnet['defaultRoute'] {
  const association = resources.find(
    ({type, property}) =>
      type === 'AWS::EC2::SubnetRouteTableAssociation' && property('SubnetId').text() === reference(subnet),
  );
  // The main route table of the VPC holds; nothing in a template says what is in it.
  if (association === undefined) return unresolved(subnet, `the template gives ${subnet} no route table`);
  const table = association.property('RouteTableId').text();
  if (table === undefined || isUnresolved(table))
    return unresolved(subnet, `the route table of ${subnet} is not known`);
  const routes = resources.filter(
    ({type, property}) => type === 'AWS::EC2::Route' && property('RouteTableId').text() === table,
  );
  const route = routes.find(({property}) => property('DestinationCidrBlock').text() === '0.0.0.0/0');
  if (route !== undefined) return leadsTo(route);
  const unknown = routes.map(({property}) => property('DestinationCidrBlock').text()).find(isUnresolved);
  return unknown ?? 'none';
}

function leadsTo({property}: TemplateResource): Subnet['defaultRoute'] {
  if (property('NatGatewayId').exists) return 'nat';
  return property('GatewayId').exists ? 'internet-gateway' : 'other';
}

function reference(logicalId: string): string {
  return `\${${logicalId}}`;
}
